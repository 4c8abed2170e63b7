"""The question about cookies at the foot of a page, where there is anything to ask."""

from typing import Any

from django import template
from django.template.context import Context

from allonce.kernel.legal.marketing import cookies

register = template.Library()


@register.inclusion_tag("marketing/cookie_banner.html", takes_context=True)
def cookie_banner(context: Context) -> dict[str, Any]:
    """Nothing at all where nothing optional is kept, or where the question was answered."""
    request = context.get("request")
    return {"ask": request is not None and cookies.should_ask(request), "path": request.path if request else "/"}
