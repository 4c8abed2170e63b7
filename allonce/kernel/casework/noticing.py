"""How a case came up, in words for whom it is about. Who reported something is not told."""

from typing import Any

from django.utils.translation import gettext as _

from allonce.kernel.casework.models import Case

_machines: dict[str, Any] = {}


def name_machine(code: str, says: Any) -> None:
    """Remember how a detector is called to people."""
    _machines[code] = says


def noticed_by(case: Case) -> str:
    """Whether a machine, our staff or somebody else noticed it."""
    if case.opened_by == Case.Opener.DETECTOR:
        machine = _machines.get(case.detector, _("a program of ours"))
        return str(_("A machine noticed it (%s) and did nothing else: a person looked and decided.") % machine)
    if case.opened_by == Case.Opener.STAFF:
        return _("Our staff noticed it themselves. No machine was involved.")
    return _("Somebody reported it to us. No machine was involved.")
