"""What an Operator is warned of when Dating is set up in a way that the law of many countries forbids."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.utils.translation import gettext as _


def register_checks() -> None:
    """Hook into `allonce check`."""
    checks.register(check_welcome)


def check_welcome(**_options: Any) -> list[checks.CheckMessage]:
    """A welcome that differs by gender is the Operator's to answer for (Directive 2004/113/EC, Equality Act 2010)."""
    if not settings.DATING_WELCOME_BY_GENDER:
        return []
    said = _("ALLONCE_DATING_WELCOME_BY_GENDER gives some people less because of their gender.")
    hint = _("In the EU and the UK that is discrimination in a service unless you can justify it. Ask a lawyer first.")
    return [checks.Warning(said, hint=hint, id="dating.W001")]
