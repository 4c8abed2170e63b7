"""Addresses of Chat that strangers may call, and why."""

PUBLIC = {
    "w/<str:key>.js": "CHAT-LAUNCH: the button on a foreign page; what a placement shows to everybody",
    "w/<str:key>/frame": "the chat in a foreign page; what a placement shows to everybody",
    "w/<str:key>/open": "the chat as a page, for links and codes",
    "w/<str:key>/start": "whoever writes first is a stranger; limited by where they come from",
    "w/<str:key>/offline": "whoever leaves a message is a stranger; limited by where they come from",
    "w/<str:key>/resume": "opens with the conversation's own token alone",
    "w/<str:key>/contact": "opens with the conversation's own token alone",
    "w/<str:key>/end": "opens with the conversation's own token alone",
    "w/<str:key>/rate": "opens with the conversation's own token alone",
    "w/<str:key>/text": "whoever would rather text is a stranger; told the number of a placement that takes texts",
    "w/<str:key>/stop": "opens with the conversation's own token alone",
    "w/<str:key>/file": "opens with the conversation's own token alone",
    "w/<str:key>/file/<uuid:file_id>": "opens with the conversation's own token alone",
    "w/<str:key>/agent/<uuid:agent_id>": "the picture that an agent shows to every visitor",
    "chat/sw.js": "the console's service worker; a file without data",
    "chat/manifest.webmanifest": "what an installed console is called; no data",
    "api/chat/v1/presence": "whether a button may say that somebody answers, for partners' pages",
}
