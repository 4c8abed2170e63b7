"""Addresses of this room that strangers may call, each with the reason why."""

PUBLIC: dict[str, str] = {
    "support/": "how to reach the desk, and published answers",
    "support/ask/": "anybody may write; throttled, and the answer tells nothing",
    "support/suggest/": "published answers alone",
    "support/sent/": "one page, the same for all",
    "support/answers/<slug:slug>/": "an answer is public once it is published",
    "support/ticket/<str:token>/": "opens with a mailed, signed token alone",
    "support/ticket/<str:token>/write/": "opens with a mailed, signed token alone",
    "support/ticket/<str:token>/rate/": "opens with a mailed, signed token alone",
    "support/ticket/<str:token>/file/<uuid:file_id>/": "opens with a mailed, signed token alone",
}
