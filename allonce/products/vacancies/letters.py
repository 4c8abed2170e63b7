"""Mails to applicants, sealed with their application's own key until they have left."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from allonce.kernel import post
from allonce.kernel.vault import Scope
from allonce.products.vacancies.links import address_of
from allonce.products.vacancies.models import Application


def send_receipt(application: Application) -> None:
    """What came, how long it stays, and the link with which it goes."""
    words = post.Words(
        subject=_("Your application: %(title)s") % {"title": application.vacancy.title},
        paragraphs=[
            _("Thank you. Your application is here and will be read by people, not sorted by a machine."),
            _("It is kept until %(day)s and then removed, backups included.") % {"day": _day(application)},
        ],
        action=post.Action(_("See or withdraw it"), address_of(application.id)),
        closing=[_("Keep this mail: the link works at any time, and whoever has it can withdraw for you.")],
    )
    _send(application, "vacancies.receipt", words)


def send_answer(application: Application, said: str) -> None:
    """What a person of the Operator wrote, in that person's words."""
    words = post.Words(
        subject=_("Your application: %(title)s") % {"title": application.vacancy.title},
        paragraphs=[part for part in said.replace("\r", "").split("\n\n") if part.strip()],
        action=post.Action(_("See or withdraw it"), address_of(application.id)),
        closing=[_("It is kept until %(day)s and then removed, backups included.") % {"day": _day(application)}],
    )
    _send(application, f"vacancies.{application.state}", words)


def _send(application: Application, kind: str, words: post.Words) -> None:
    post.send(post.letter(Scope("person", application.id), kind, application.email, words))


def _day(application: Application) -> str:
    return date_format(application.keep_until, "j M Y")
