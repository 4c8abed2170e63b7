"""Browser sessions in the database, under a hash of what the cookie holds.

Whoever reads the table, or a backup of it, holds no cookie that opens a session.
"""

import hashlib
from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.clock import now

STORED_LENGTH = 40
SIGN_IN = "sign_in_session"


def stored_key(session_key: str) -> str:
    """What is stored of a cookie's value: 160 bits of SHA-256. The value is random enough for a plain hash."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:STORED_LENGTH]


class SessionStore(DatabaseStore):
    """Django's own, but for the name under which a session lies."""

    def _get_session_from_db(self) -> Any:
        stored = stored_key(self.session_key or "")
        found = self.model.objects.filter(session_key=stored, expire_date__gt=now()).first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        """Whether this cookie's value has a session."""
        return bool(super().exists(stored_key(session_key)))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row as it is stored, its time counted by the house's clock as it is when read."""
        row = super().create_model_instance(data)
        row.session_key = stored_key(row.session_key)
        row.expire_date = self.get_expiry_date(modification=now())
        return row

    def save(self, must_create: bool = False) -> None:
        """As Django's; the sign-in that this browser carries remembers which row that is."""
        super().save(must_create)
        signed_in = self.get(SIGN_IN)
        if signed_in and self.session_key:
            row = SignInSession.objects.filter(pk=signed_in)
            row.exclude(browser=stored_key(self.session_key)).update(browser=stored_key(self.session_key))

    def delete(self, session_key: str | None = None) -> None:
        """Forget this session, or the one of another cookie's value."""
        chosen = session_key or self.session_key
        if chosen is not None:
            super().delete(stored_key(chosen))

    _aget_session_from_db = sync_to_async(_get_session_from_db)
    aexists = sync_to_async(exists)  # type: ignore[arg-type]  # typed as the base
    acreate_model_instance = sync_to_async(create_model_instance)  # type: ignore[arg-type]  # typed as the base
    asave = sync_to_async(save)  # type: ignore[arg-type]  # typed as the base
    adelete = sync_to_async(delete)  # type: ignore[arg-type]  # typed as the base
