"""Addresses of this room that strangers may read, with the reason why."""

PUBLIC: dict[str, str] = {"privacy/processors/": "PRIV-PROCESSORS: who gets data, for everybody to read"}
