"""Setup's forms: what people type, turned into the pieces of docs/catalogue-format.md."""
