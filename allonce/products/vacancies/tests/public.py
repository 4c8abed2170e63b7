"""Addresses of this room that strangers may call, each with the reason why."""

PUBLIC: dict[str, str] = {
    "jobs/": "vacancies are public",
    "jobs/<slug:slug>/": "a vacancy is public once it is published",
    "jobs/<slug:slug>/apply/": "anybody may apply; throttled, and the answer tells nothing",
    "jobs/<slug:slug>/sent/": "one sentence, the same for all",
    "jobs/application/<str:token>/": "opens with a mailed, signed token alone",
    "jobs/application/<str:token>/withdraw/": "opens with a mailed, signed token alone",
    "jobs/application/<str:token>/longer/": "opens with a mailed, signed token alone",
}
