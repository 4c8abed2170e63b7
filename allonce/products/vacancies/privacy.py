"""What an application holds: only what is needed to answer it, by consent, until the vacancy's period ends."""

from typing import Literal

from allonce.kernel.declarations import PD, declare

PUBLISHED: tuple[Literal["none"], str] = ("none", "the Operator's own published words")

declare(
    "vacancies.Vacancy",
    subject=None,
    id="none",
    slug="none",
    title="none",
    text=PUBLISHED,
    closes_on="none",
    keep_months="none",
    published_at="none",
    created_at="none",
)
declare(
    "vacancies.Application",
    subject="self",
    id="none",
    vacancy="none",
    name=PD(category="identity", purpose="recruitment", retention="vacancy_end"),
    email=PD(category="contact", purpose="recruitment", retention="vacancy_end"),
    words=PD(category="content", purpose="recruitment", retention="vacancy_end", free_text=True),
    has_cv="none",
    consented_at="none",
    period_until="none",
    keep_until="none",
    longer_at="none",
    state="none",
    answered_at="none",
    answered_by="none",
)
