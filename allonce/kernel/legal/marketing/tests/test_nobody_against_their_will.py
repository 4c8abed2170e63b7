"""Any sequence of choices and sends: marketing needs a basis and no objection; service mail always arrives."""

from dataclasses import dataclass, field

import pytest
from django.core import mail
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from allonce.kernel import jobs, post
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests import people
from allonce.kernel.audit import SYSTEM, Actor
from allonce.kernel.clock import today
from allonce.kernel.legal.marketing.models import Channel
from allonce.kernel.legal.marketing.purposes import ALL
from allonce.kernel.legal.marketing.services import contacts, newsletters, preferences
from allonce.kernel.legal.marketing.services.preferences import Origin, Said
from allonce.kernel.legal.marketing.tests.scene import LIST, contact_of, recipients
from allonce.kernel.notices import Kind, notify, register_kind

pytestmark = pytest.mark.django_db
ADDRESS = "ada@reader.example"
SIGNED_UP = "sue@reader.example"
WHO = st.sampled_from([ADDRESS, SIGNED_UP])
CHANNEL = st.sampled_from([each for each in Channel if each != Channel.SYSTEM])
ACTS = st.one_of(
    st.tuples(st.just("agree"), WHO, CHANNEL),
    st.tuples(st.just("enquire"), WHO, CHANNEL),
    st.tuples(st.just("stop"), WHO, CHANNEL),
    st.tuples(st.just("stop all"), WHO, CHANNEL),
    st.tuples(st.just("send"), st.just(""), CHANNEL),
    st.tuples(st.just("sign up"), st.just(ADDRESS), CHANNEL),
    st.tuples(st.just("serve"), WHO, CHANNEL),
)


@dataclass
class Believed:
    """What must be so, worked out without the code under test."""

    basis: dict[str, bool] = field(default_factory=dict)
    objects: dict[str, bool] = field(default_factory=dict)
    count: int = 0

    def act(self, what: str, who: str) -> None:
        if what == "agree":
            self.basis[who], self.objects[who] = True, False
        elif what == "enquire" and not self.objects.get(who):
            self.basis[who] = True
        elif what in {"stop", "stop all"}:
            self.basis[who], self.objects[who] = False, True

    def may_be_sent(self) -> list[str]:
        return sorted(who for who, has in self.basis.items() if has)


@pytest.mark.promise("PRIV-OPT-IN-LIST")
@settings(max_examples=25)
@given(acts=st.lists(ACTS, max_size=12))
def test_nobody_gets_marketing_without_a_basis_or_after_an_objection_and_service_mail_arrives(
    acts: list[tuple[str, str, str]],
) -> None:
    mail.outbox.clear()
    register_kind(Kind("test.duty", "Something you must know", required=True))
    with transaction.atomic():
        staff, believed = _staff(), Believed()
        people.person(SIGNED_UP, "Sue Reader")
        for what, who, channel in acts:
            _do(what, who, channel, staff, believed)
        transaction.set_rollback(True)


def _do(what: str, who: str, channel: str, staff: StaffAccess, believed: Believed) -> None:
    said = Said(channel, SYSTEM)
    believed.act(what, who)
    if what == "agree":
        preferences.give(contact_of(who), LIST, said)
    elif what == "enquire":
        preferences.note_soft_opt_in(contact_of(who), LIST, said, Origin("sale", today(), objection_offered=True))
    elif what.startswith("stop"):
        preferences.stop(contact_of(who), ALL if what == "stop all" else LIST, said)
    elif what == "sign up" and Person.objects.with_email(who) is None:
        people.person(who, "Ada Reader")
    elif what == "send":
        believed.count += 1
        subject = f"News {believed.count}"
        newsletters.start(staff, newsletters.write(staff, LIST, subject, "Words."))
        jobs.run_due()
        assert recipients(subject) == believed.may_be_sent()
    elif what == "serve":
        _serve(who, believed)


def _serve(who: str, believed: Believed) -> None:
    person = Person.objects.with_email(who)
    if person is None:
        return
    believed.count += 1
    notify(person, "test.duty", post.Words(subject=f"Service {believed.count}", paragraphs=["It changed."]))
    jobs.run_due()
    assert recipients(f"Service {believed.count}") == [who]


def _staff() -> StaffAccess:
    sam = people.staff()
    return StaffAccess(sam.account, sam.person, Role.OWNER, Actor("staff", sam.person.id))


def test_the_model_of_the_test_can_be_wrong(db: None) -> None:
    """A control: an address that agreed, and nothing else, is sent the newsletter."""
    staff = _staff()
    preferences.give(contacts.of_address(ADDRESS), LIST, Said(Channel.FORM, SYSTEM))
    newsletters.start(staff, newsletters.write(staff, LIST, "News", "Words."))
    jobs.run_due()
    assert recipients("News") == [ADDRESS]
