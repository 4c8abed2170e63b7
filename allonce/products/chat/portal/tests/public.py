PUBLIC: dict[str, str] = {
    "chat/principles/": "CHAT-ENFORCEMENT: the policy page, for everybody",
    "chat/logo/<str:public_id>": "what visitors see of a Client anyway, by a name that cannot be guessed",
}
