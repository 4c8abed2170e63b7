"""Addresses of this room that strangers may call, each with the reason why."""

PUBLIC: dict[str, str] = {}
