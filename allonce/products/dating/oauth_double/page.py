"""The provider's page: plainly labelled, without any password. It looks like the demo's seller of cards."""

from html import escape

from django.utils.translation import gettext as _

from allonce.products.dating.oauth_double.book import Somebody

STYLE = """
:root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5 }
body { margin: 0; display: grid; place-items: center; min-height: 100vh; background: light-dark(#f6f7f8, #14181c) }
main { max-width: 28rem; margin: 1rem; padding: 1.5rem; border-radius: 8px; background: light-dark(#fff, #1d2329);
  border: 1px solid light-dark(#d9dee3, #39424b); color: light-dark(#16202a, #e8edf1) }
h1 { font-size: 1.25rem; margin: 0 0 1rem } p { margin: 0 0 1rem } form { display: grid; gap: .75rem }
button { font: inherit; text-align: start; min-height: 44px; padding: .5rem 1rem; border-radius: 8px; cursor: pointer;
  border: 1px solid light-dark(#35518f, #8aa5e0); color: light-dark(#35518f, #a9bfee); background: none }
"""


def consent_page(people: list[Somebody], scopes: list[str]) -> str:
    """Who is asked to say yes: in the demo, anybody of these."""
    note = _("This service belongs to the demonstration. There is no password: choose whom you want to be.")
    wants = _("Allonce asks for: %(what)s.") % {"what": ", ".join(scopes)}
    buttons = "".join(
        f'<button name="somebody" value="{escape(each.subject)}">{escape(each.label)}</button>' for each in people
    )
    no = f'<button name="somebody" value="">{escape(_("No, tell nothing and go back"))}</button>'
    title = escape(_("Demo accounts"))
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head>
<body><main><h1>{title}</h1><p>{escape(note)}</p><p>{escape(wants)}</p>
<form method="post">{buttons}{no}</form></main></body></html>"""
