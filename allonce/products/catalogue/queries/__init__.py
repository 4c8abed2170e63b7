"""Reads for screens, phones and other products."""
