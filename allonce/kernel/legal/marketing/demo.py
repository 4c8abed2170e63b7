"""A newsletter in draft, and Olivia on the list through an enquiry."""

from datetime import timedelta

from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.services import demo_doors
from allonce.kernel.audit import SYSTEM
from allonce.kernel.clock import today
from allonce.kernel.legal.marketing import queries, wording
from allonce.kernel.legal.marketing.models import Channel, Newsletter, Source
from allonce.kernel.legal.marketing.services import by_staff, contacts, preferences
from allonce.kernel.legal.marketing.services.preferences import Origin, Said

SUBJECT = "Shorter mornings: measure in the afternoon"
BODY = """Dear reader,

the light fades by four now. Three things that make an **afternoon visit** go well:

- Measure the windows that face west first.
- Take the price list's *winter* version along; it was published last week.
- Leave the quote before you leave the house.

[How the prices are published](https://example.com/prices) stands on our pages.
"""


def load() -> None:
    """Safe to repeat."""
    if not Newsletter.objects.filter(subject=SUBJECT).exists():
        sam = Person.objects.with_email(demo_doors.STAFF_EMAIL)
        Newsletter.objects.create(purpose=wording.NEWSLETTER.code, subject=SUBJECT, body=BODY, written_by=sam)
    olivia = Person.objects.with_email(demo_doors.OWNER_EMAIL)
    if olivia is not None and queries.contact_of(olivia) is None:
        enquiry = Origin(Source.ENQUIRY, today() - timedelta(days=40), objection_offered=True)
        said = Said(Channel.SYSTEM, SYSTEM)
        preferences.note_soft_opt_in(contacts.of_person(olivia), wording.NEWSLETTER.code, said, enquiry)
        by_staff.tell_noted(olivia)
