"""Answers that a machine gives by itself, since no judgement of anybody is in them. Shown to everybody."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Mechanical:
    """One sort of answer that follows from a fact alone, and what somebody can do about it at once."""

    code: str
    says: Any
    way_out: Any


MECHANICAL = (
    Mechanical("validation", _("A form refuses what does not fit its fields."), _("Mend it and send it again.")),
    Mechanical("sign_in", _("A wrong password, code or passkey does not open."), _("Try again, or choose a new one.")),
    Mechanical("rate", _("Too many tries in a short time have to wait."), _("The answer says for how long.")),
    Mechanical("seats", _("What is full or taken cannot be had twice."), _("Choose another, or free one.")),
    Mechanical("age", _("A service with a least age does not open below it."), _("A mistyped date can be corrected.")),
    Mechanical("malware", _("A file that carries malware is not taken."), _("Send a clean copy.")),
    Mechanical("payment", _("A payment that the bank refuses does not go through."), _("Pay another way.")),
    Mechanical("term", _("A service that was not taken out, or has run out, does not open."), _("Take it out again.")),
)
