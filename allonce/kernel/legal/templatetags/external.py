"""`{{ url|external_link }}` or `{% external_link url text %}`: for links in what other people wrote."""

from django import template
from django.utils.safestring import SafeString

from allonce.kernel.legal import links

register = template.Library()


@register.filter(name="external_link")
def external_link_filter(url: str, text: str = "") -> SafeString:
    """The marked link."""
    return links.external_link(url, text)


@register.simple_tag(name="external_link")
def external_link_tag(url: str, text: str = "") -> SafeString:
    """The same, where the text comes from a variable."""
    return links.external_link(url, text)
