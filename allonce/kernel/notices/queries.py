"""What the pages of notices read."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from allonce.kernel.accounts.models import Person
from allonce.kernel.clock import now, today
from allonce.kernel.declarations import Evidence
from allonce.kernel.notices.kinds import kinds
from allonce.kernel.notices.models import Choice, Digest, Notice


def shown_to(person: Person) -> QuerySet[Notice]:
    """The person's notices in the app, newest first."""
    return Notice.objects.filter(person=person, in_app=True).order_by("-created_at")


def label_of(notice: Notice) -> Any:
    """What its kind is called; a kind that no room registers any longer is called nothing."""
    kind = kinds().get(notice.kind)
    return kind.label if kind else ""


def unread_of(person_id: UUID) -> int:
    """How many notices the person has not read. Opens none of them."""
    return Notice.objects.filter(person_id=person_id, in_app=True, read_at=None).count()


def unread_behind(request: HttpRequest) -> int:
    """How many notices wait for whoever is signed in; zero for strangers."""
    session = getattr(request, "sign_in_session", None)
    return unread_of(session.person_id) if session else 0


def evidence_of_choice() -> Evidence:
    """For the promises page: how many choices stand, and that what cannot be switched off is marked."""
    required = sum(kind.required for kind in kinds().values())
    figures = {
        "kinds": len(kinds()),
        "required": required,
        "choices": Choice.objects.count(),
        "letters": Digest.objects.filter(day=today()).count(),
    }
    says = _(
        "%(kinds)d kinds of notices, %(required)d of them required and marked so. "
        "People's choices in force: %(choices)d. Daily letters of today: %(letters)d."
    )
    return Evidence(says % figures, at=now())
