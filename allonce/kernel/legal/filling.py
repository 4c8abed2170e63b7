"""Placeholders of legal texts, such as {operator_name}: filled once, when a version is published."""

import re
from collections.abc import Callable, Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from allonce.kernel.declarations import CATEGORIES, PURPOSES, RETENTION
from allonce.kernel.errors import UserError
from allonce.kernel.legal.ages import least_age
from allonce.kernel.legal.authority import authority
from allonce.kernel.legal.roles import roles

FIELD = re.compile(r"\{([a-z_]+)\}")


class UnknownPlaceholder(UserError):
    """The text asks for a value that does not exist."""

    code = "unknown_placeholder"
    status = 422


def filled(text: str) -> str:
    """`text` with its placeholders replaced. Raises UnknownPlaceholder, naming it."""
    unknown = [name for name in FIELD.findall(text) if name not in _VALUES]
    if unknown:
        message = _("Nothing can fill {%(name)s}. Known are: %(known)s.") % {
            "name": unknown[0],
            "known": ", ".join(sorted(_VALUES)),
        }
        raise UnknownPlaceholder(message, fields={"text": message})
    return FIELD.sub(lambda found: _VALUES[found[1]](), text)


def placeholders() -> list[str]:
    """The names that a text may use."""
    return sorted(_VALUES)


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _cell in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "/") for cell in line) + " |" for line in lines)


def _roles(service: str) -> str:
    rows = [tuple(str(each) for each in (r.data, r.controller, r.processor, r.under)) for r in roles(service)]
    return _table((_("Data"), _("Controller"), _("Handled by"), _("Under")), rows)


def _basis(name: str) -> str:
    return {
        "contract": _("Contract"),
        "legal_obligation": _("Duty of law"),
        "legitimate_interest": _("Legitimate interest"),
        "consent": _("Consent"),
    }[name]


def _purposes() -> str:
    rows = [(_sentence(each.says), _basis(each.basis)) for each in PURPOSES.values()]
    return _table((_("What for"), _("What allows it")), rows)


def _categories() -> str:
    return "\n".join(f"- {_sentence(each.says)}." for each in CATEGORIES.values())


def _retention() -> str:
    return "\n".join(f"- {_sentence(each.says)}." for each in RETENTION.values())


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


_VALUES: dict[str, Callable[[], str]] = {
    "operator_name": lambda: settings.OPERATOR_NAME,
    "operator_email": lambda: settings.OPERATOR_EMAIL,
    "operator_phone": lambda: settings.OPERATOR_PHONE,
    "operator_address": lambda: settings.OPERATOR_ADDRESS,
    "site": lambda: settings.PUBLIC_URL,
    "region": lambda: settings.REGION,
    "authority_name": lambda: authority().name,
    "authority_address": lambda: authority().address,
    "authority_website": lambda: authority().website,
    "authority_phone": lambda: authority().phone or _("see its web site"),
    "notice_days": lambda: str(settings.LEGAL_NOTICE_DAYS),
    "age_field": lambda: str(least_age("field")),
    "age_dating": lambda: str(least_age("dating")),
    "roles": lambda: _roles("platform"),
    "roles_field": lambda: _roles("field"),
    "roles_chat": lambda: _roles("chat"),
    "roles_dating": lambda: _roles("dating"),
    "roles_everywhere": lambda: _roles(""),
    "purposes": _purposes,
    "categories": _categories,
    "retention": _retention,
}
