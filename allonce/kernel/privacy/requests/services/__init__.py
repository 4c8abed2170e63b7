"""Writes of the request desk, one file per concern."""
