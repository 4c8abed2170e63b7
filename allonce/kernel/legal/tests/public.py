"""Addresses of this room that strangers may call, each with the reason why."""

PUBLIC: dict[str, str] = {
    "legal/": "LEGAL-VERSIONS: legal texts are for everybody",
    "legal/terms/": "LEGAL-VERSIONS: legal texts are for everybody",
    "legal/privacy/": "LEGAL-VERSIONS: legal texts are for everybody",
    "legal/cookies/": "LEGAL-VERSIONS: legal texts are for everybody",
    "legal/<slug:slug>/": "LEGAL-VERSIONS: legal texts are for everybody",
    "legal/<slug:slug>/<int:number>/": "LEGAL-VERSIONS: earlier and coming versions, too",
    "legal/<slug:slug>/<int:before>/<int:after>/": "LEGAL-VERSIONS: what changed is for everybody",
    "leaving/": "PRIV-EXTERNAL-LINKS: opens with a signed target alone",
}
