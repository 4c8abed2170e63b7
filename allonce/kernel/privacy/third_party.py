"""Declarations for the tables of packages that know nothing of them."""

from allonce.kernel.declarations import PD, declare


def declare_all() -> None:
    """Declare Django's own tables."""
    _declare_permissions()
    declare("contenttypes.ContentType", subject=None, id="none", app_label="none", model="none")
    declare(
        "sessions.Session",
        since="expire_date",
        subject="@session",
        session_key=PD(
            category="credential",
            purpose="account",
            retention="browser_session",
            export=False,
            plain_because="a hash of the browser's cookie, which must find its row; the cookie is random and expires",
        ),
        session_data=PD(
            category="activity",
            purpose="account",
            retention="browser_session",
            export=False,
            plain_because="signed ids of person and account only; values people type are never put there",
        ),
        expire_date="none",
    )


def _declare_permissions() -> None:
    declare(
        "auth.Permission",
        subject=None,
        id="none",
        name=("none", "wording of Django's own permissions"),
        content_type="none",
        codename="none",
    )
    declare(
        "auth.Group",
        subject=None,
        id="none",
        name=("none", "names of staff groups, made by the Operator"),
        permissions="none",
    )
    declare("auth.Group_permissions", subject=None, id="none", group="none", permission="none")
