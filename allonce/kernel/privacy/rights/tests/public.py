"""Addresses of this room that strangers may call, each with the reason why."""

PUBLIC: dict[str, str] = {
    "erased/": "a goodbye, the same for all",
    "privacy/register/": "PRIV-REGISTER: what is held and why, without anybody's data",
    "privacy/register.json": "PRIV-REGISTER: the same for machines",
}
