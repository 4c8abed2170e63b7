"""Addresses of the project itself that anybody may call, each with the reason."""

PUBLIC = {"promises/": "what is promised, tested and seen is for everybody to read; it holds nobody's data"}
