"""People see when a link leads to somebody else's site."""

import re
from html import unescape

import pytest
from django.core import signing
from django.template import Context, Template
from django.test import Client

from allonce.kernel.errors import NotFound
from allonce.kernel.legal import links
from allonce.kernel.legal.rendering.markdown import as_html
from allonce.kernel.legal.tests.library import terms

pytestmark = pytest.mark.django_db
AWAY = "https://elsewhere.example/page?a=1&b=2"


def hrefs(html: str) -> list[str]:
    return [unescape(each) for each in re.findall(r'href="([^"]*)"', html)]


@pytest.mark.promise("PRIV-EXTERNAL-LINKS")
@pytest.mark.parametrize("made", ["text", "filter", "tag"])
def test_a_link_to_another_site_is_not_marked_or_tells_where_from(made: str) -> None:
    templates = {
        "filter": "{% load external %}{{ url|external_link:'there' }}",
        "tag": "{% load external %}{% external_link url 'there' %}",
    }
    html = (
        str(as_html(f"[there]({AWAY})")) if made == "text" else Template(templates[made]).render(Context({"url": AWAY}))
    )
    assert "(other site)" in html
    assert 'rel="noopener noreferrer nofollow"' in html
    assert 'referrerpolicy="no-referrer"' in html
    [href] = hrefs(html)
    assert href.startswith("/leaving/?to=")
    page = Client().get(href)
    assert page.status_code == 200
    assert page["Referrer-Policy"] == "no-referrer"
    assert "policies apply there, not ours" in page.content.decode()
    assert AWAY in hrefs(page.content.decode())


@pytest.mark.promise("PRIV-EXTERNAL-LINKS")
def test_the_leaving_page_leads_where_nobody_here_linked_to() -> None:
    token = links.leaving_url(AWAY).partition("to=")[2]
    for forged in ("", AWAY, token[:-1], token + "x", "x" + token):
        assert Client().get("/leaving/", {"to": forged}).status_code == 404
    with pytest.raises(NotFound):
        links.target_of(signing.Signer(salt=links.SALT).sign_object("javascript:alert(1)"))
    other_purpose = signing.Signer(salt="something.else").sign_object(AWAY)
    assert Client().get("/leaving/", {"to": other_purpose}).status_code == 404


@pytest.mark.parametrize("url", ["/legal/terms/", "#rights", "mailto:post@allonce.example", "http://localhost:8800/x"])
def test_a_link_within_the_house_is_marked_as_another_site(url: str) -> None:
    html = str(as_html(f"[here]({url})"))
    assert hrefs(html) == [url]
    assert "(other site)" not in html


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp://files.example/", "//evil.example/"])
def test_something_other_than_a_web_address_becomes_a_link(url: str) -> None:
    assert "<a" not in links.external_link(url, "there")


def test_words_of_others_become_markup() -> None:
    html = links.external_link(AWAY, "<b>there</b>")
    assert "<b>" not in html


def test_a_published_text_links_to_another_site_unmarked() -> None:
    terms(f"## 1. Law\n\nSee [the law]({AWAY}) and [PRIV-RIGHTS](/promises/#PRIV-RIGHTS).\n")
    page = Client().get("/legal/terms/").content.decode()
    assert AWAY not in hrefs(page)
    assert '<a class="promise-link" href="/promises/#PRIV-RIGHTS">' in page
