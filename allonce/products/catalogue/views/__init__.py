"""Setup's Catalogue screens. Each view makes one call into services or queries."""
