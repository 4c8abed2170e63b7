"""A vacancy, and somebody who applies for it."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from allonce.kernel.clock import now, today
from allonce.products.vacancies.links import token_of
from allonce.products.vacancies.models import Application, Vacancy

CANARY = "Xenophon Quillfeather"
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
GIVEN = {"name": CANARY, "email": "xq@applicant.example", "words": f"I am {CANARY}.", "consent": "on"}


def make_vacancy(slug: str = "fitter", **more: Any) -> Vacancy:
    about = {"title": "Fitter", "text": "## What you do\n\nFit blinds.", "closes_on": today() + timedelta(days=10)}
    return Vacancy.objects.create(slug=slug, **{**about, "published_at": now(), "keep_months": 3, **more})


def paper(content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile("cv.pdf", content, "application/pdf")


def send(slug: str = "fitter", **changes: Any) -> Any:
    given = {name: value for name, value in {**GIVEN, **changes}.items() if value is not None}
    return Client().post(f"/jobs/{slug}/apply/", given)


def applied(slug: str = "fitter", **changes: Any) -> Application:
    assert send(slug, **changes).status_code == 302
    return Application.objects.order_by("-consented_at").first() or Application()


def own_page(application: Application) -> str:
    return f"/jobs/application/{token_of(application.id)}/"
