"""Every named address of the desk: a page that people look at, or why it is none."""

from tests.office.links import Link

PUBLIC: dict[str, str | Link] = {
    "desk:front": "/support/",
    "desk:ask": "/support/ask/",
    "desk:sent": "/support/sent/",
    "desk:article": ("/support/", ".plain-list a"),
}
OWNER: dict[str, str | Link] = {
    "desk:mine": "/me/support/",
    "desk:my_new": "/me/support/new/",
    "desk:my_ticket": ("/me/support/", "tbody a"),
    "desk:dispute": "/account/dispute/",
}
OPERATOR: dict[str, str | Link] = {
    "desk:desk": "/operator/desk/",
    "desk:ticket": ("/operator/desk/", "tbody a"),
    "desk:write_down": "/operator/desk/new/",
    "desk:quiet": "/operator/desk/quiet/",
    "desk:figures": "/operator/desk/figures/",
    "desk:mails": "/operator/desk/mails/",
    "desk:articles": "/operator/desk/answers/",
    "desk:article_new": "/operator/desk/answers/new/",
    "desk:replies": "/operator/desk/replies/",
    "desk:reply_new": "/operator/desk/replies/new/",
    "desk:reply_edit": ("/operator/desk/replies/", "tbody a"),
    "desk:article_edit": ("/operator/desk/answers/", "tbody a"),
}
NOT_PAGES: dict[str, str] = {
    "desk:suggest": "part of desk:ask",
    "desk:own": "opens with a mailed link; the same facts as desk:my_ticket",
    "desk:own_file": "a file to keep",
    "desk:my_file": "a file to keep",
    "desk:file": "a file to keep",
    "desk:mail": "a file to keep",
}
ONLY_TAKES_A_PRESS = {
    "desk:own_write",
    "desk:own_rate",
    "desk:my_write",
    "desk:my_rate",
    "desk:answer",
    "desk:act",
    "desk:reply_remove",
}


def listed_names() -> set[str]:
    return {*PUBLIC, *OWNER, *OPERATOR, *NOT_PAGES, *ONLY_TAKES_A_PRESS}
