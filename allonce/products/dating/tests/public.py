"""Addresses of Dating that strangers may call, and why."""

PUBLIC = {
    "dating/": "what Dating is; no data",
    "dating/join/": "where strangers stop being strangers; answers everybody alike",
    "dating/join/<uuid:join_id>/": "opens with a random id alone, and does nothing without both codes",
    "dating/towns/": "towns of the world, the same for everybody",
    "dating/plan/<str:token>/": "DATE-SAFETY: opens with a member's own signed link alone, until the day after",
    "dating/with/": "says what comes over from another service, and leads there",
    "dating/with/back/": "counts for a visit that began in this browser alone, once",
    "dating/with/check/": "opens with what was signed for this browser alone",
    "dating/with/code/": "opens with what was signed for this browser alone",
}
