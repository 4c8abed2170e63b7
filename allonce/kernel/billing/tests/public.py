"""Addresses of this room that strangers may call, and why."""

PUBLIC = {
    "webhooks/sellers/<slug:seller>/": "refuses without the seller's signature",
}
