"""The line with which anybody reports content, for the places where others' content shows."""

from uuid import UUID

from django import template

from allonce.kernel.accounts.ports import report_link

register = template.Library()


@register.inclusion_tag("accounts/parts/report_line.html")
def report_line(model: str, row_id: UUID) -> dict[str, str]:
    """A small link to the form; nothing where no room takes reports."""
    return {"where": report_link(model, row_id)}
