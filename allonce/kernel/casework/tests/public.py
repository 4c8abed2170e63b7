"""Addresses of this room that strangers may call, each with the reason why."""

PUBLIC: dict[str, str] = {
    "decisions/": "PRIV-AUTOMATED: says who decides and what a machine answers by itself, the same for all",
    "decisions/<str:token>/": "opens with a mailed, signed link alone, since the suspended cannot sign in",
    "report/sent/": "one sentence, the same for all",
    "report/<str:reference>/": "LEGAL-CONTENT-RULES: anybody may report; the signed reference shows no content",
}
