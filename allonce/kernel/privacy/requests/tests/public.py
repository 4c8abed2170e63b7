"""Addresses of this room that strangers may call, each with the reason why."""

PUBLIC: dict[str, str] = {
    "privacy/request/": "anybody may ask for their rights; answers everybody alike",
    "privacy/request/sent/": "one sentence, the same for all",
    "privacy/request/<str:token>/": "opens with a mailed, signed token alone",
    "privacy/request/<str:token>/confirm/": "opens with a mailed, signed token alone",
    "privacy/request/<str:token>/reply/": "opens with a mailed, signed token alone",
    "privacy/request/<str:token>/document/": "opens with a mailed, signed token alone",
    "privacy/request/<str:token>/download/": "opens with a mailed, signed token alone, for a proved sender",
    "privacy/transfer/<str:token>/": "opens with a mailed, signed token alone",
}
