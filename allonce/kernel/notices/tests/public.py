"""Addresses of this room that strangers may call, each with the reason why."""

PUBLIC: dict[str, str] = {"me/notices/worker.js": "the script of a browser that is woken; a file without data"}
