"""Addresses of this room that strangers may call, each with the reason why."""

PUBLIC: dict[str, str] = {
    "cookies/": "PRIV-COOKIES: lists what is kept on devices, and keeps the choice on the caller's own",
    "newsletter/": "answers everybody alike",
    "newsletter/asked/": "one sentence, the same for all",
    "newsletter/leave/": "answers everybody alike, and can only bring silence",
    "newsletter/yes/<str:token>/": "opens with a mailed, signed token alone",
    "unsubscribe/<str:token>/": "PRIV-OPT-IN-LIST: one click with a mailed, signed token, signed in or not",
}
