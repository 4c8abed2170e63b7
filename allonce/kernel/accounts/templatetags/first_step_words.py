"""The first steps of a new account, on any page."""

from typing import Any

from django import template

from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.first_steps import first_steps as steps_of
from allonce.kernel.accounts.models import Account

register = template.Library()


@register.inclusion_tag("accounts/parts/first_steps.html")
def first_steps(access: AccountAccess, *, leading: bool = True) -> dict[str, Any]:
    """Nothing for those who may only look, and nothing once everything is done.

    `leading` marks the next step as the page's one next thing.
    """
    if not access.may_write or access.account.kind != Account.Kind.SUBSCRIBER:
        return {"steps": []}
    steps = steps_of(access.account.id)
    following = next((step for step in steps if leading and step.url and not step.done), None)
    return {"steps": steps, "following": following, "done": sum(step.done for step in steps)}
