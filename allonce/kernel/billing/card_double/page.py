"""The demonstration seller's payment page: plainly labelled, without any field for a card."""

from html import escape

from django.utils.translation import gettext as _

from allonce.kernel.billing.card_double.book import Thing
from allonce.kernel.billing.catalogue.money import money

STYLE = """
:root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5 }
body { margin: 0; display: grid; place-items: center; min-height: 100vh; background: light-dark(#f6f7f8, #14181c) }
main { max-width: 26rem; margin: 1rem; padding: 2rem; border-radius: 8px; background: light-dark(#fff, #1d2329);
  border: 1px solid light-dark(#d9dee3, #39424b); color: light-dark(#16202a, #e8edf1) }
h1 { font-size: 1.25rem; margin: 0 0 1rem } p { margin: 0 0 1rem }
strong { font-size: 1.5rem } form { display: flex; flex-wrap: wrap; gap: .75rem }
button { font: inherit; font-weight: 600; min-height: 44px; padding: 0 1.25rem; border-radius: 8px; cursor: pointer;
  border: 1px solid light-dark(#0b6e6e, #4fb8b8); color: light-dark(#0b6e6e, #7fd4d4); background: none }
button[value=pay] { background: #0b6e6e; color: #fff }
"""


def payment_page(session: Thing) -> str:
    """What somebody sees who was sent here to pay; a setup charges nothing."""
    sum_of = money(int(session["amount_total"]), str(session["currency"]).upper())
    about = _("A card is saved. Nothing is charged now.") if session["mode"] == "setup" else sum_of
    over = session["status"] != "open"
    pay = _("Save the card") if session["mode"] == "setup" else _("Pay")
    buttons = f"""<form method="post"><button name="answer" value="pay">{escape(pay)}</button>
<button name="answer" value="back">{escape(_("Go back without paying"))}</button></form>"""
    said = escape(_("This order was paid.")) if over else buttons
    note = _("This seller belongs to the demonstration. There is no card to type, and no money moves.")
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(_("Demo card seller"))}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head>
<body><main><h1>{escape(_("Demo card seller"))}</h1><p>{escape(note)}</p>
<p>{escape(str(session["name"]))}<br><strong>{escape(about)}</strong></p>{said}</main></body></html>"""
