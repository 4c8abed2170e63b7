"""The rights themselves, each a function that does one thing and tells the audit record."""
