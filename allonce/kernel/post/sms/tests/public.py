"""Addresses of this room that strangers may call, with the reason why."""

PUBLIC: dict[str, str] = {"webhooks/sms/<slug:gateway>/": "refuses without the gateway's signature"}
