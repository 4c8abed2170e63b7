"""What the console asks and does. Each address calls one service."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel import audit
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.errors.translate import InvalidInput
from allonce.kernel.post.push import application_server_key, subscribe, unsubscribe
from allonce.kernel.uploads import serving
from allonce.products.chat import ports, words
from allonce.products.chat.access import AgentAccess
from allonce.products.chat.agents.doors import agent
from allonce.products.chat.agents.schemas import (
    BlockBody,
    CannedBody,
    CloseBody,
    CodeBody,
    ConsumerBody,
    ForgetBody,
    ForwardBody,
    HotBody,
    PresenceBody,
    PushBody,
    TagsBody,
    TextBody,
)
from allonce.products.chat.jsonio import answer, read
from allonce.products.chat.models import AgentProfile, CannedAnswer, ChatFile, Conversation, Department
from allonce.products.chat.queries import inbox
from allonce.products.chat.queries.presence import crew_of
from allonce.products.chat.services import (
    answering,
    ending,
    files,
    log,
    mailing,
    marking,
    placing,
    presence,
    set_up,
    waking,
)
from allonce.products.chat.services.consumers import Contact

MOST = 200


@agent("GET")
def snapshot(_request: HttpRequest, by: AgentAccess) -> HttpResponseBase:
    """Everything to begin with."""
    return answer(inbox.snapshot(by))


@agent("GET")
def conversations(request: HttpRequest, by: AgentAccess) -> HttpResponseBase:
    """The latest conversations first, by state or by words; `next` goes into `before` for more."""
    limit = _limit(request)
    wanted = words.line(request.GET.get("q", ""), 200)
    if wanted:
        return answer({"items": inbox.shapes(by, inbox.found(by, wanted, limit)), "next": None})
    mine = request.GET.get("mine") in {"1", "true"}
    rows = list(inbox.listed(by, state=request.GET.get("state", ""), mine=mine, before=_before(request), limit=limit))
    more = f"{rows[-1].last_at:%Y-%m-%dT%H:%M:%S.%fZ}_{rows[-1].id.hex}" if len(rows) == limit else None
    return answer({"items": inbox.shapes(by, rows), "next": more})


@agent("GET")
def conversation(_request: HttpRequest, by: AgentAccess, conversation_id: UUID) -> HttpResponseBase:
    """One conversation with what came before it."""
    return answer(inbox.detail(by, _own(by, conversation_id)))


def _shown(by: AgentAccess, row: Conversation) -> HttpResponseBase:
    return answer(inbox.shapes(by, [_own(by, row.id)])[0])


@agent("POST")
def accept(_request: HttpRequest, by: AgentAccess, conversation_id: UUID) -> HttpResponseBase:
    """Take it; 409 already_taken says who has it."""
    return _shown(by, answering.accept(by, conversation_id))


@agent("POST")
def decline(_request: HttpRequest, by: AgentAccess, conversation_id: UUID) -> HttpResponseBase:
    """Let it ring for others."""
    return _shown(by, answering.decline(by, conversation_id))


@agent("POST")
def forward(request: HttpRequest, by: AgentAccess, conversation_id: UUID) -> HttpResponseBase:
    """Let it ring for a colleague or a department."""
    given = read(request, ForwardBody)
    if (given.to is None) == (given.department is None):
        raise InvalidInput(fields={"to": _("Choose a colleague or a department, one of the two.")})
    made = answering.forward(by, conversation_id, to=given.to, department=given.department, whisper=given.whisper)
    return _shown(by, made)


@agent("POST")
def close(request: HttpRequest, by: AgentAccess, conversation_id: UUID) -> HttpResponseBase:
    """End it."""
    return _shown(by, ending.close(by, conversation_id, read(request, CloseBody).disposition))


@agent("POST")
def reopen(_request: HttpRequest, by: AgentAccess, conversation_id: UUID) -> HttpResponseBase:
    """Take up an ended one."""
    return _shown(by, ending.reopen(by, conversation_id))


@agent("POST")
def tag(request: HttpRequest, by: AgentAccess, conversation_id: UUID) -> HttpResponseBase:
    """Put exactly these tags on it."""
    return _shown(by, marking.tag(by, conversation_id, read(request, TagsBody).tags))


@agent("POST")
def hot(request: HttpRequest, by: AgentAccess, conversation_id: UUID) -> HttpResponseBase:
    """Mark the lead."""
    return _shown(by, marking.set_hot(by, conversation_id, read(request, HotBody).on))


@agent("POST")
def disposition(request: HttpRequest, by: AgentAccess, conversation_id: UUID) -> HttpResponseBase:
    """Say how it ended."""
    return _shown(by, marking.set_disposition(by, conversation_id, read(request, CodeBody).code))


@agent("POST")
def note(request: HttpRequest, by: AgentAccess, conversation_id: UUID) -> HttpResponseBase:
    """Write something down for colleagues."""
    return _shown(by, marking.note(by, conversation_id, read(request, TextBody).text))


@agent("POST")
def mail(request: HttpRequest, by: AgentAccess, conversation_id: UUID) -> HttpResponseBase:
    """Answer by mail."""
    return _shown(by, mailing.mail(by, conversation_id, read(request, TextBody).text))


@agent("POST")
def consumer(request: HttpRequest, by: AgentAccess, conversation_id: UUID) -> HttpResponseBase:
    """Write down who it is."""
    given = read(request, ConsumerBody)
    return _shown(by, marking.set_consumer(by, conversation_id, Contact(given.name, given.email, given.phone)))


@agent("POST")
def block(request: HttpRequest, by: AgentAccess, conversation_id: UUID) -> HttpResponseBase:
    """Take no more from this visitor, or take messages again."""
    change: Callable[[AgentAccess, UUID], Conversation] = (
        marking.block if read(request, BlockBody).on else marking.unblock
    )
    return _shown(by, change(by, conversation_id))


@agent("POST")
def be_there(request: HttpRequest, by: AgentAccess) -> HttpResponseBase:
    """Be online, away or offline; also the console's sign of life once a minute."""
    given = read(request, PresenceBody)
    presence.set_presence(by, given.state, minutes=given.minutes, extend=given.extend, active=given.active)
    return answer(inbox.me(by, crew_of(by.client)))


@agent("GET", "POST", "DELETE")
def push(request: HttpRequest, by: AgentAccess) -> HttpResponseBase:
    """GET: the key to subscribe with. POST: wake this browser. DELETE: no longer."""
    if request.method == "GET":
        return answer({"key": application_server_key()})
    person = by.profile.person_id
    if request.method == "POST":
        subscribe(person, read(request, PushBody).subscription, use=waking.USE, account_id=by.account.id)
    else:
        unsubscribe(person, read(request, ForgetBody).endpoint, use=waking.USE)
    action = "chat.push_on" if request.method == "POST" else "chat.push_off"
    audit.record(action, actor=by.actor, account_id=by.account.id, target=f"chat.AgentProfile:{by.profile.id}")
    return answer({"on": request.method == "POST"})


@agent("POST")
def file(request: HttpRequest, by: AgentAccess) -> HttpResponseBase:
    """Hand in a picture for a conversation, to be sent by the socket afterwards."""
    given = request.FILES.get("file")
    if given is None:
        raise UserError(gettext_lazy("Choose a picture to send."), code="no_file")
    row = files.keep(_own(by, _uuid(request.POST.get("conversation"))), by.seat, given.read(), given.name or "")
    log.record("chat.file_sent", by.actor, row.conversation)
    return answer({"file": str(row.id), "name": row.name, "width": row.width, "height": row.height})


@agent("GET")
def file_content(_request: HttpRequest, by: AgentAccess, file_id: UUID) -> HttpResponseBase:
    """A picture of one of the account's conversations."""
    row = ChatFile.objects.filter(pk=file_id, account=by.account).first()
    if row is None:
        raise NotFound
    return serving.inline(files.content(row), serving.MEDIA[row.kind])


@agent("GET")
def agent_picture(_request: HttpRequest, by: AgentAccess, agent_id: UUID) -> HttpResponseBase:
    """A colleague's picture."""
    profile = AgentProfile.objects.filter(pk=agent_id, account=by.account).first()
    if profile is None:
        raise NotFound
    return serving.inline(set_up.picture_of(profile), serving.MEDIA["jpeg"])


@agent("GET", "POST", "DELETE")
def canned(request: HttpRequest, by: AgentAccess) -> HttpResponseBase:
    """Prepared answers: all of them; make or change one; remove one."""
    if request.method == "POST":
        given = read(request, CannedBody)
        row = _answer(by, given.id) if given.id else None
        department = _department(by, given.department) if given.department else None
        wanted = {"shortcut": given.shortcut, "title": given.title, "text": given.text, "department": department}
        placing.save_answer(by.client, row, wanted, actor=by.actor)
    elif request.method == "DELETE":
        placing.delete_answer(by.client, _uuid(request.GET.get("id")), actor=by.actor)
    return answer(inbox.canned(by))


@agent("GET")
def translate(request: HttpRequest, by: AgentAccess) -> HttpResponseBase:
    """Words in another language, where a translation service is connected; `available` says whether one is."""
    service = ports.translator()
    said = words.plain(request.GET.get("text", ""))
    if service is None or not said:
        return answer({"available": service is not None, "text": None})
    to = words.line(request.GET.get("to", ""), 12)
    return answer({"available": True, "text": service.translate(by.account.id, said, to)})


def _own(by: AgentAccess, conversation_id: UUID) -> Conversation:
    rows = Conversation.objects.select_related("consumer", "disposition").prefetch_related("tags")
    found = rows.filter(pk=conversation_id, account=by.account).first()
    if found is None:
        raise NotFound
    return found


def _answer(by: AgentAccess, answer_id: UUID) -> CannedAnswer:
    found = CannedAnswer.objects.filter(pk=answer_id, account=by.account).first()
    if found is None:
        raise NotFound
    return found


def _department(by: AgentAccess, department_id: UUID) -> Department:
    found = Department.objects.filter(pk=department_id, account=by.account).first()
    if found is None:
        raise NotFound
    return found


def _uuid(given: Any) -> UUID:
    try:
        return UUID(str(given))
    except ValueError as error:
        raise NotFound from error


def _limit(request: HttpRequest) -> int:
    given = request.GET.get("limit", "50")
    return min(MOST, max(1, int(given))) if given.isdecimal() and len(given) < 6 else 50


def _before(request: HttpRequest) -> inbox.Place | None:
    """The place that an earlier answer's `next` names. Raises InvalidInput."""
    given = request.GET.get("before", "")
    if not given:
        return None
    moment, _mark, row_id = given.partition("_")
    try:
        return datetime.strptime(moment, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC), UUID(row_id)
    except ValueError as error:
        raise InvalidInput(fields={"before": _("Give back what `next` said.")}) from error
