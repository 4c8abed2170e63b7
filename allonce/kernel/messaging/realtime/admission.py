"""Who sits where, and what they may read: the blocking questions of the realtime side. All run in threads."""

from dataclasses import dataclass, field
from uuid import UUID

from django.contrib.auth import get_user
from django.http import HttpRequest

from allonce.kernel.accounts import tenancy
from allonce.kernel.accounts.access import NotSignedIn
from allonce.kernel.accounts.services import sessions
from allonce.kernel.accounts.session_store import SessionStore
from allonce.kernel.errors import NotFound
from allonce.kernel.messaging.ports import Credential, Seat, StreamKind, kind_named
from allonce.kernel.messaging.realtime import loading
from allonce.kernel.messaging.realtime.presence import Sitting, sitting
from allonce.kernel.messaging.wire import Line, line_of

# So many entries are read at once.
PAGE = 200


@dataclass(frozen=True, slots=True)
class Caller:
    """What a connection showed: a stream's token, or the value of a session cookie."""

    token: str | None = None
    cookie: str | None = None


@dataclass(frozen=True, slots=True)
class Admission:
    """A seat, the rules of its stream, and where the stream stood then."""

    seat: Seat
    kind: StreamKind
    account_id: UUID
    head: int


@dataclass(frozen=True, slots=True)
class Page:
    """Entries behind a cursor; with the first page also how far each seat has read and who is here."""

    admission: Admission
    lines: list[Line]
    marks: dict[str, int] = field(default_factory=dict)
    here: set[Sitting] = field(default_factory=set)
    fresh: bool = False


def admit(caller: Caller, stream_id: UUID) -> Admission:
    """The caller's seat. Raises NotSignedIn, or NotFound for strangers."""
    row = loading.stream_row(stream_id)
    if row is None:
        raise NotFound
    kind = kind_named(row[0])
    return Admission(kind.seat(_credential(caller), stream_id), kind, row[1], row[2])


def first_page(caller: Caller, stream_id: UUID, after: int) -> Page:
    """Admit and read in one go. Raises as `admit`."""
    admission = admit(caller, stream_id)
    lines = read_lines(stream_id, admission.account_id, after) if after < admission.head else []
    return Page(admission, lines, loading.marks(stream_id), sitting(stream_id), fresh=True)


def read_lines(stream_id: UUID, account_id: UUID, after: int, most: int = PAGE) -> list[Line]:
    """Entries of the stream behind a number, with the account's rows open and no others."""
    with tenancy.within_request():
        tenancy.open_account(account_id)
        return [line_of(entry) for entry in loading.entries(stream_id, account_id, after, most)]


def _credential(caller: Caller) -> Credential:
    if caller.token is not None:
        return Credential(token=caller.token)
    request = HttpRequest()
    request.session = SessionStore(caller.cookie)
    session_id = request.session.get(sessions.SESSION_KEY)
    session = sessions.living(session_id) if session_id else None
    if session is None or not get_user(request).is_authenticated:
        raise NotSignedIn
    return Credential(session=session)
