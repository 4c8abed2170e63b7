"""The one list of whom a Client must not reach, and every way of reaching somebody, each of which asks it first."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel import audit, post
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.vault import Scope, keyed_hash, one_spelling
from allonce.products.chat import ports, words
from allonce.products.chat.fields import digits
from allonce.products.chat.leads.branding import house_of
from allonce.products.chat.leads.models import CallRecord, Lead, NoContact
from allonce.products.chat.leads.queries import settings_of
from allonce.products.chat.leads.services.delivering import primary_of
from allonce.products.chat.leads.services.making import own
from allonce.products.chat.models import ChatClient, Consumer

Sort = NoContact.Sort
By = NoContact.By
# Whose word counts for more, later ones most.
WEIGHT = (By.CLIENT, By.STOP, By.CONSUMER)


class NotToBeContacted(UserError):
    """The Consumer asked this Client for no more contact, or was blocked."""

    code = "no_contact"
    status = 409
    message = gettext_lazy("This visitor asked not to be contacted any more.")


class NoWay(UserError):
    """Nothing is known by which the Consumer could be reached so."""

    code = "no_way"
    status = 409
    message = gettext_lazy("This visitor left no such address or number.")


class OnlyTheyTakeItBack(UserError):
    """The Consumer asked for it themselves."""

    code = "asked_by_visitor"
    status = 409
    message = gettext_lazy("The visitor asked for this themselves, so only they can take it back.")


class ContactList:
    """Answers the core's questions (chat/ports.py)."""

    def may_contact(self, account_id: UUID, consumer: Consumer) -> bool:
        """False once the Consumer, their address or their number stands on this Client's list."""
        return not _listed(account_id).filter(mark__in=[mark for _sort, mark in _marks(account_id, consumer)]).exists()

    def stop_contact(self, consumer: Consumer) -> None:
        """The Consumer asked for it."""
        stop(consumer, By.CONSUMER)


def may_write_to(account_id: UUID, email: str) -> bool:
    """Whether an address that somebody typed is not on the Client's list."""
    return not _listed(account_id).filter(mark=_mark(account_id, Sort.EMAIL, email)).exists()


def stop(consumer: Consumer, by: str) -> None:
    """Put the Consumer with all that reaches them on the list, in the caller's transaction; take back what waits."""
    for sort, mark in _marks(consumer.account_id, consumer):
        _list(consumer.account_id, sort, mark, by)
    consumer.text_consents.filter(withdrawn_at=None).update(withdrawn_at=now())


def stop_number(account_id: UUID, number: str) -> None:
    """Somebody texted STOP: the number is on the list, with everybody of this Client who has it."""
    _list(account_id, Sort.PHONE, _mark(account_id, Sort.PHONE, number), By.STOP)


def start_number(account_id: UUID, number: str) -> None:
    """They texted START: what STOP had done is undone, and nothing else."""
    _listed(account_id).filter(sort=Sort.PHONE, by=By.STOP, mark=_mark(account_id, Sort.PHONE, number)).delete()


def adopt(consumer: Consumer) -> None:
    """Somebody known to be on the list by anything of theirs is on it with all else that reaches them, now and later.

    Only a texted STOP stays with its number: START takes it back there.
    """
    words_given = [line.by for line in lines_about(consumer) if line.by != By.STOP]
    if words_given:
        stop(consumer, max(words_given, key=WEIGHT.index))


@transaction.atomic
def put_on_list(access: AccountAccess, consumer_id: UUID) -> None:
    """Somebody of the Client notes that this Consumer wants no more contact. Raises NotFound. Audited."""
    consumer = own_consumer(access, consumer_id)
    stop(consumer, By.CLIENT)
    record("chat.contact_stopped", access.actor, consumer)


@transaction.atomic
def take_off_list(access: AccountAccess, consumer_id: UUID) -> None:
    """Undo what was entered here by mistake. Raises NotFound, or OnlyTheyTakeItBack for what the Consumer asked."""
    consumer = own_consumer(access, consumer_id)
    marks = [mark for _sort, mark in _marks(consumer.account_id, consumer)]
    lines = _listed(consumer.account_id).filter(mark__in=marks)
    if lines.exclude(by=By.CLIENT).exists():
        raise OnlyTheyTakeItBack
    if lines.delete()[0]:
        record("chat.contact_allowed", access.actor, consumer)


@transaction.atomic
def write(access: AccountAccess, lead_id: UUID, text: str) -> Lead:
    """Mail the lead's Consumer in the Client's name. Raises NotFound, NotToBeContacted, NoWay, NothingSaid. Audited."""
    lead = own(access, lead_id)
    said = words.plain(text)
    if not said:
        raise words.NothingSaid
    if not lead.consumer.email:
        raise NoWay
    require_contact(lead.consumer)
    client = ChatClient.objects.get(account_id=lead.account_id)
    shown = post.Words(
        subject=_("An answer from %s") % client.shown_name,
        paragraphs=[part for part in said.split("\n\n") if part.strip()],
        closing=[_("You wrote to %s on its site, and this is the answer.") % client.shown_name],
    )
    mail = post.letter(
        Scope("account", lead.account_id), "chat.follow_up", lead.consumer.email, shown, house=house_of(client)
    )
    answers = primary_of(settings_of(lead.account_id)) or access.account.email
    post.send(replace(mail, from_name=client.shown_name, reply_to=answers))
    contacted(lead)
    audit_lead("chat.lead_written_to", access.actor, lead)
    return lead


@transaction.atomic
def call(access: AccountAccess, lead_id: UUID) -> CallRecord:
    """Note that the Consumer is being called, and hand out the number. Raises as write() does. Audited."""
    lead = own(access, lead_id)
    if not lead.consumer.phone:
        raise NoWay
    require_contact(lead.consumer)
    made = CallRecord(account_id=lead.account_id, consumer=lead.consumer, conversation=lead.conversation)
    made.number, made.made_by = lead.consumer.phone, access.person.id
    made.save(force_insert=True)
    contacted(lead)
    audit_lead("chat.lead_called", access.actor, lead)
    return made


def require_contact(consumer: Consumer) -> None:
    """Raises NotToBeContacted. Asked by everything that reaches a Consumer outside an open chat."""
    if not ports.may_contact(consumer.account_id, consumer):
        raise NotToBeContacted


def contacted(lead: Lead) -> None:
    """The Client has reached the lead's Consumer for the first time."""
    fresh = Lead.objects.filter(pk=lead.pk, state__in=[Lead.State.NEW, Lead.State.DELIVERED])
    fresh.update(state=Lead.State.CONTACTED, changed_at=now())


def own_consumer(access: AccountAccess, consumer_id: UUID) -> Consumer:
    """A Consumer of this account, the row locked. Raises NotFound for everything else."""
    found = Consumer.objects.select_for_update().filter(pk=consumer_id, account=access.account).first()
    if found is None:
        raise NotFound
    return found


def lines_about(consumer: Consumer) -> list[NoContact]:
    """The lines of the list that concern this Consumer, oldest first."""
    marks = [mark for _sort, mark in _marks(consumer.account_id, consumer)]
    return list(_listed(consumer.account_id).filter(mark__in=marks).order_by("at"))


def record(action: str, actor: Actor, consumer: Consumer) -> None:
    """Into the account's record of who did what."""
    target = f"chat.Consumer:{consumer.pk}"
    audit.record(action, actor=actor, account_id=consumer.account_id, target=target, data={})


def audit_lead(action: str, actor: Actor, lead: Lead) -> None:
    """Into the account's record of who did what."""
    audit.record(action, actor=actor, account_id=lead.account_id, target=f"chat_leads.Lead:{lead.pk}", data={})


def _marks(account_id: UUID, consumer: Consumer) -> Iterator[tuple[str, str]]:
    yield Sort.CONSUMER, _mark(account_id, Sort.CONSUMER, str(consumer.pk))
    if consumer.email:
        yield Sort.EMAIL, _mark(account_id, Sort.EMAIL, consumer.email)
    if consumer.phone:
        yield Sort.PHONE, _mark(account_id, Sort.PHONE, consumer.phone)


def _mark(account_id: UUID, sort: str, value: str) -> str:
    """How this Client alone knows it again: keyed with the Client's own key and its id."""
    clean = digits(value) if sort == Sort.PHONE else one_spelling(value).casefold()
    return keyed_hash(Scope("account", account_id), f"chat_leads.no_contact.{sort}", clean)


def _list(account_id: UUID, sort: str, mark: str, by: str) -> None:
    """Enter a line, or let a weightier word stand in it: what the visitor asked for, the office cannot lift."""
    line, fresh = NoContact.objects.get_or_create(
        account_id=account_id, sort=sort, mark=mark, defaults={"by": by, "at": now()}
    )
    if not fresh and WEIGHT.index(by) > WEIGHT.index(line.by):
        NoContact.objects.filter(pk=line.pk).update(by=by, at=now())


def _listed(account_id: UUID) -> QuerySet[NoContact]:
    return NoContact.objects.filter(account_id=account_id)
