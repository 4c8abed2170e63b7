"""The demo's vacancy, open, with one application."""

from datetime import timedelta
from uuid import uuid4

from allonce.kernel import vault
from allonce.kernel.clock import add_months, now, today
from allonce.products.vacancies.models import Application, Vacancy

SLUG = "support-engineer"
TEXT = """You answer shops when a price looks odd or a phone will not register, and you find out why.

## What you do

- Answer by mail and telephone, in working hours, with one colleague beside you
- Reproduce what people tell, and write it down so that it can be mended
- Explain without jargon

## What you bring

- Patience with people and none with guesses
- Some Python, or the wish to learn it

32 hours a week, in Leeds or from home.
"""
WORDS = """I have fitted blinds for six years and know what surveyors swear at.

Since last winter I learn Python in the evenings; a small tool of mine checks measurements before we order."""


def load() -> None:
    """One vacancy and one application, where they are missing."""
    closes_on = today() + timedelta(days=30)
    vacancy, made = Vacancy.objects.get_or_create(
        slug=SLUG,
        defaults={"title": "Support engineer", "text": TEXT, "closes_on": closes_on, "published_at": now()},
    )
    if made:
        until = add_months(closes_on, vacancy.keep_months)
        application = Application(
            id=uuid4(), vacancy=vacancy, name="Robin Hale", email="robin@hale.example", words=WORDS
        )
        application.period_until = application.keep_until = until
        vault.create_key(vault.Scope("person", application.id))
        application.save(force_insert=True)
