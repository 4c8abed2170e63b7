"""Reports of content that harms, misleads, infringes or breaks the law: by anybody, removed by a person."""
