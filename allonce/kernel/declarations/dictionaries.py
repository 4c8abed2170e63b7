"""Kinds of data, what they are used for and how long: one source for checks, sweeps and the texts people read."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

Basis = Literal["contract", "legal_obligation", "legitimate_interest", "consent"]


@dataclass(frozen=True)
class Category:
    """A kind of personal data. `special` ones (UK GDPR Article 9) say which `condition` lets them be held."""

    says: str
    special: bool = False
    condition: str = ""


@dataclass(frozen=True)
class Purpose:
    """Why data is held, and what allows it (UK GDPR Article 6).

    `interest` is the balancing in one sentence, without which nothing rests on a legitimate interest. `recipients`
    are keys of RECIPIENTS: who gets data held for this, besides the person. `profiling` marks purposes that
    evaluate people; who objects to profiling objects to all of them.
    """

    says: str
    basis: Basis
    interest: str = ""
    recipients: tuple[str, ...] = ("operator",)
    profiling: bool = False

    @property
    def may_be_objected_to(self) -> bool:
        """Article 21: what rests on a legitimate interest, and every profiling."""
        return self.basis == "legitimate_interest" or self.profiling


@dataclass(frozen=True)
class LegalBasis:
    """A basis in words, and where the law has it."""

    says: str
    article: str


@dataclass(frozen=True)
class Recipient:
    """Somebody who gets personal data besides the person it is about."""

    says: str
    role: Literal["controller", "processor", "the account"]


# These end with a person, an account, the installation or what somebody asked for, not by the age of a row.
ENDS_WITH_ITS_OWNER = frozenset(
    {"account_end", "person_end", "membership_end", "installation_end", "list_end", "vacancy_end", "chat_period"}
)


@dataclass(frozen=True)
class Retention:
    """How long data stays: `months` and `days` after `event`."""

    says: str
    event: str
    months: int = 0
    days: int = 0

    @property
    def counts_from_row(self) -> bool:
        """Whether each row has its own end, counted from the moment its declaration names with `since`."""
        return self.event not in ENDS_WITH_ITS_OWNER

    @property
    def span(self) -> timedelta:
        """The days beside the calendar months."""
        return timedelta(days=self.days)


CATEGORIES: dict[str, Category] = {
    "identity": Category("who somebody is: names, initials, pictures of a person"),
    "contact": Category("how to reach somebody: email, telephone, postal address"),
    "credential": Category("what proves it is them: password hashes, passkeys, tokens"),
    "device": Category("a device and the keys it holds"),
    "technical": Category("addresses, browsers and times of visits"),
    "activity": Category("what somebody did and when"),
    "delivery": Category("what was sent to whom, and what became of it"),
    "content": Category("what somebody wrote or uploaded"),
    "business": Category("details of a business that may be one person: its name, its papers"),
    "financial": Category("payments, invoices and bank details"),
    "location": Category("where somebody is or lives"),
    "preference": Category("choices about notices, appearance and what somebody likes"),
    "orientation": Category(
        "whom somebody hopes to meet, from which their orientation can be read",
        special=True,
        condition="explicit consent, Article 9(2)(a); withdrawn, it is deleted",
    ),
}

PURPOSES: dict[str, Purpose] = {
    "account": Purpose("to give people their account and let them in", "contract", recipients=("operator", "account")),
    "service": Purpose("to do what the account was taken out for", "contract", recipients=("account", "operator")),
    "delivery": Purpose(
        "to send documents and tell what became of them", "contract", recipients=("account", "mail_relay")
    ),
    "support": Purpose("to answer questions and mend faults", "contract"),
    "billing": Purpose("to charge for the service", "contract", recipients=("operator", "seller")),
    "security": Purpose(
        "to keep accounts safe and to trace misuse",
        "legitimate_interest",
        interest="everybody here needs accounts that strangers cannot enter; traces go with the account",
    ),
    "operations": Purpose(
        "to keep the service running",
        "legitimate_interest",
        interest="a service that fails helps nobody; what is looked at are times and counts, hardly ever a person",
    ),
    "legal": Purpose(
        "to fulfil duties of law and to settle claims", "legal_obligation", recipients=("operator", "authorities")
    ),
    "moderation": Purpose(
        "to let people decide about conduct and content, and to answer appeals",
        "legitimate_interest",
        interest="people must be safe from each other here; whoever is decided about sees why and can appeal",
    ),
    "marketing": Purpose("to send news to those who may be sent it", "consent"),
    "chat": Purpose(
        "to answer people who write to a business from its site, on that business's behalf",
        "legitimate_interest",
        interest="whoever asks a business something wants its answer; only what they give for it is kept, and "
        "no longer than the business says",
        recipients=("account", "operator"),
    ),
    "dating": Purpose(
        "to choose one date a day for each member, show them to each other and carry what they write",
        "contract",
        recipients=("members", "operator"),
        profiling=True,
    ),
    "dating_sensitive": Purpose(
        "to choose dates among those whom somebody hopes to meet", "consent", recipients=("operator",), profiling=True
    ),
    "dating_selfie": Purpose("to let a person compare a selfie with the photos of a profile", "consent"),
    "recruitment": Purpose("to read and answer an application for a job", "consent"),
    "choices": Purpose("to keep to what people chose, and to be able to prove it", "legal_obligation"),
}

BASES: dict[str, LegalBasis] = {
    "contract": LegalBasis("it is needed for what was agreed with you", "Article 6(1)(b)"),
    "legal_obligation": LegalBasis("the law obliges us", "Article 6(1)(c)"),
    "legitimate_interest": LegalBasis("a legitimate interest, weighed against yours", "Article 6(1)(f)"),
    "consent": LegalBasis("you consented, and can withdraw", "Article 6(1)(a)"),
}

RECIPIENTS: dict[str, Recipient] = {
    "operator": Recipient("the Operator's staff, each look with a reason", "controller"),
    "account": Recipient("people of the account it belongs to", "the account"),
    "members": Recipient("the member whose date you are, and those you match with", "controller"),
    "mail_relay": Recipient("the relay that carries our mail", "processor"),
    "sms_gateway": Recipient("the gateway that carries text messages", "processor"),
    "push_service": Recipient(
        "the push service of your browser's maker, which cannot read what it carries", "processor"
    ),
    "seller": Recipient("the card processor, which holds your card and gets the sum and a number", "controller"),
    "authorities": Recipient("authorities and courts, where the law demands it", "controller"),
}

SOURCES: dict[str, str] = {
    "subject": "you",
    "account": "the account that works with you",
    "colleague": "a colleague in your account",
    "device": "your device",
    "staff": "the Operator's staff",
    "us": "made here, by what you did",
    "provider": "the service whose account you came with",
    "seller": "the seller you paid: the card processor or the app store",
}

RETENTION: dict[str, Retention] = {
    "account_end": Retention("until sixty days after the account's agreement ends", "account_end", days=60),
    "person_end": Retention("until the person leaves", "person_end"),
    "membership_end": Retention("until the person leaves the account", "membership_end"),
    "device_end": Retention("until ninety days after the device is unregistered", "device_end", days=90),
    "session_end": Retention("until two weeks after the last visit", "last_use", days=14),
    "list_end": Retention("until the address is on no list and asked for nothing", "list_end"),
    "browser_session": Retention("until two weeks after the last visit", "expiry"),
    "mailed_link": Retention("until the link runs out, three days at most", "expiry"),
    "records_end": Retention("until the time the law sets for such records is over", "expiry", days=1),
    "hold_end": Retention("until the legal hold is released", "expiry"),
    "hours_48": Retention("for 48 hours", "created", days=2),
    "days_7": Retention("for seven days", "created", days=7),
    "days_30": Retention("for thirty days", "created", days=30),
    "days_90": Retention("for ninety days", "created", days=90),
    "year_1": Retention("for one year", "created", months=12),
    "years_6": Retention("for six years, as tax and limitation law demand", "created", months=72),
    "request_end": Retention("until three years after the request is closed", "request_closed", months=36),
    "disclosure_end": Retention("for six years after the disclosure", "disclosed", months=72),
    "ticket_end": Retention("until two years after the ticket is closed", "ticket_closed", months=24),
    "case_end": Retention(
        "until two years after the case is closed, or longer while it is held", "case_end", months=24
    ),
    "vacancy_end": Retention("until the period that the vacancy names is over, at most a year", "vacancy_end"),
    "chat_period": Retention("until the period that the business set is over, a year unless it chose", "chat_period"),
    "installation": Retention("as long as the installation runs", "installation_end"),
}
