"""What people are told of their subscriptions and purchases. Each letter says what happens next and by when."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel import notices, post
from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.services.mails import link
from allonce.kernel.billing.catalogue.money import money
from allonce.kernel.billing.catalogue.register import label_of
from allonce.kernel.billing.models import Purchase, RenewalNotice, Subscription
from allonce.kernel.billing.subscriptions.terms import refuse_by
from allonce.kernel.legal import durable
from allonce.kernel.legal import queries as legal
from allonce.kernel.vault import Scope

BOUGHT, PAYMENT, RENEWED, ENDED, RENEWAL = (
    "billing.bought",
    "billing.payment",
    "billing.renewed",
    "billing.ended",
    "billing.renewal",
)
WHY: dict[str, Any] = {
    "cancelled": gettext_lazy("You had cancelled it, and it ran to its end."),
    "unpaid": gettext_lazy("The renewal could not be charged, and the days of grace are over. Nothing is owed."),
    "refunded": gettext_lazy("The payment for it was refunded, so it ended at once."),
    "exit": gettext_lazy("You ended it. The rest of the price goes back the way it came."),
    "expired": gettext_lazy("The app store reported that it has run out."),
    "disputed": gettext_lazy("The bank took the payment back, so it ended at once."),
    "left": gettext_lazy("You left."),
}


def payer(owner: Scope) -> Person | None:
    """Whom to write to; None once they have left."""
    return Person.objects.filter(pk=owner.id).first() if owner.kind == "person" else None


def moment(at: datetime) -> str:
    """A moment as people read it in a letter; times are UTC, because somebody may read it anywhere."""
    return _("%(moment)s UTC") % {"moment": date_format(at, "j M Y, H:i")}


def bought(purchase: Purchase, held: Subscription | None = None) -> None:
    """The contract on a durable medium: what was ordered, its price, its terms, and the terms of use as they stand."""
    person = payer(purchase.owner)
    if person is None:
        return
    amount = held.amount if held is not None else purchase.amount
    what = {"what": label_of(purchase.product), "price": money(amount, purchase.currency)}
    trial = held is not None and held.term == 0
    paragraphs = [(_("You ordered a trial of %(what)s.") if trial else _("You ordered %(what)s for %(price)s.")) % what]
    if held is not None:
        paragraphs += _of_subscription(held)
    words = post.Words(
        subject=_("Your order: %(what)s") % what,
        paragraphs=paragraphs,
        action=post.Action(_("See the receipt"), link("billing:purchase", purchase.pk)),
        closing=[_("The terms that apply are attached. Keep them with this letter.")],
    )
    terms = legal.current("terms")
    attached = [post.Attachment(durable.file_name(terms), "application/pdf", durable.pdf(terms))] if terms else []
    _send(person, BOUGHT, words, attached)


def _of_subscription(held: Subscription) -> list[str]:
    said = {
        "until": moment(held.until),
        "by": moment(refuse_by(held.until)),
        "price": money(held.amount, held.currency),
    }
    if held.term == 0:
        return [
            _("The trial runs until %(until)s. Cancel before then, and nothing is charged.") % said,
            _("Otherwise %(price)s is charged on the first day after it, and again for each term.") % said,
        ]
    lines = [
        _("It runs until %(until)s, and renews for the same time and at the same price unless you cancel.") % said,
        _("You can cancel until %(by)s. The renewal is charged within the last 24 hours.") % said,
    ]
    return [*lines, free_exit_of_months(held)] if held.months == 1 else lines


def free_exit_of_months(held: Subscription) -> str:
    """What the screens and letters say of terms that are too short for a notice."""
    if held.months != 1:
        return ""
    return _(
        "A month is too short for a notice before each renewal. So after every renewal you can end it on any day, "
        "and the rest of the price is refunded."
    )


def announce_renewal(held: Subscription, price: int) -> None:
    """The dedicated letter before a renewal, with the last day to refuse it in a box of its own."""
    person = payer(held.owner)
    if person is None:
        return
    last = refuse_by(held.until)
    said = {"what": label_of(held.plan), "until": moment(held.until), "last": moment(last)}
    said["price"] = money(price, held.currency)
    words = post.Words(
        subject=_("%(what)s renews soon: refuse by %(last)s") % said,
        heading=_("%(what)s will renew") % said,
        paragraphs=[
            _("Your subscription runs until %(until)s. If you do nothing, it renews for the same time, for %(price)s.")
            % said,
            _(
                "If you do not want that, cancel by the day in the box. It costs nothing, and you keep what you paid "
                "for until the end."
            ),
        ],
        box=_("Last day to refuse the renewal: %(last)s") % said,
        action=post.Action(_("Cancel or keep it"), link("billing:mine")),
    )
    letter_id = _send(person, RENEWAL, words)
    RenewalNotice.objects.create(subscription=held, term=held.term, last_day=last, letter_id=letter_id)


def remind_of_trial(held: Subscription) -> None:
    """A few days before a trial ends."""
    said = {"what": label_of(held.plan), "until": moment(held.until), "price": money(held.amount, held.currency)}
    _notify(
        held.owner,
        PAYMENT,
        _("Your trial of %(what)s ends soon") % said,
        [
            _("It runs until %(until)s. Cancel before then, and nothing is charged.") % said,
            _("Otherwise %(price)s is charged on the first day after it.") % said,
        ],
    )


def renewed(held: Subscription, *, first: bool) -> None:
    """A term was charged: until when it runs, and how it can be ended."""
    said = {"what": label_of(held.plan), "until": moment(held.until), "price": money(held.amount, held.currency)}
    said["by"] = moment(refuse_by(held.until))
    begun = _("The trial is over, and %(price)s was charged. %(what)s now runs until %(until)s.")
    again = _("%(what)s was renewed for %(price)s and now runs until %(until)s.")
    paragraphs = [(begun if first else again) % said]
    if held.state == Subscription.State.CANCELLED:
        paragraphs.append(_("You had cancelled too late for this renewal, so this is the last term."))
    else:
        paragraphs.append(_("You can refuse the next renewal until %(by)s.") % said)
    if held.free_exit:
        paragraphs.append(_("You can end it on any day, and the rest of the price is refunded within 30 days."))
    _notify(held.owner, RENEWED, _("%(what)s was renewed") % said, paragraphs)


def cancelled(held: Subscription, *, in_time: bool) -> None:
    """The answer to a cancellation: it ends, or it renews once more because it came too late."""
    said = {"what": label_of(held.plan), "until": moment(held.until)}
    kept = _("It does not renew. You keep it until %(until)s, and nothing more is charged.") % said
    late = (
        _(
            "The last 24 hours before the renewal had begun, so it renews once more on %(until)s and ends with that "
            "term."
        )
        % said
    )
    _notify(held.owner, ENDED, _("You cancelled %(what)s") % said, [kept if in_time else late])


def not_charged(held: Subscription) -> None:
    """A renewal was refused by the bank: access goes on for the days of grace."""
    said = {"what": label_of(held.plan), "until": moment(held.access_until)}
    _notify(
        held.owner,
        PAYMENT,
        _("%(what)s could not be charged") % said,
        [
            _("The bank refused the renewal. We try again each day; you keep what you have until %(until)s.") % said,
            _(
                "If it cannot be charged by then, it ends, and nothing is owed. To pay with another card, cancel it "
                "and order again."
            ),
        ],
    )


def ended(held: Subscription, why: str) -> None:
    """It is over, and why."""
    said = {"what": label_of(held.plan)}
    _notify(held.owner, ENDED, _("%(what)s has ended") % said, [str(WHY[why])])


def sent_back(purchase: Purchase, taken: int, owed: int, counted: Any) -> None:
    """Money went back: what that took, and what is owed because it was spent already."""
    said = {"what": label_of(purchase.product), "money": money(purchase.refunded, purchase.currency)}
    paragraphs = [_("For %(what)s, %(money)s went back to you in all.") % said]
    if taken:
        paragraphs.append(_("So what it had bought was taken back: %(count)s.") % {"count": counted(taken)})
    if owed:
        paragraphs.append(
            _(
                "Of these, %(count)s had been spent. Your balance is at zero; they are kept back from the "
                "next ones you buy. You owe no money."
            )
            % {"count": counted(owed)}
        )
    _notify(purchase.owner, PAYMENT, _("A refund for %(what)s") % said, paragraphs)


def price_rises(held: Subscription, amount: int, on: Any) -> None:
    """A new price, told in time to leave."""
    said = {"what": label_of(held.plan), "price": money(amount, held.currency), "day": date_format(on, "j M Y")}
    paragraphs = [
        _(
            "From %(day)s, %(what)s costs %(price)s for a term. It applies to renewals that begin 60 days or more "
            "after this letter."
        )
        % said,
        _("If you do not want that, cancel before the renewal."),
    ]
    _notify(held.owner, PAYMENT, _("A new price for %(what)s") % said, paragraphs)


def _notify(owner: Scope, kind: str, subject: str, paragraphs: Sequence[str]) -> None:
    person = payer(owner)
    if person is not None:
        action = post.Action(_("Open your payments"), link("billing:mine"))
        notices.notify(person, kind, post.Words(subject=subject, paragraphs=paragraphs, action=action))


def _send(person: Person, kind: str, words: post.Words, attached: Sequence[post.Attachment] = ()) -> UUID:
    letter = post.letter(Scope("person", person.id), kind, person.email, words)
    return post.send(replace(letter, attachments=tuple(attached)))
