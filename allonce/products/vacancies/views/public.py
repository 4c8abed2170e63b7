"""What everybody sees: vacancies, the form, and an applicant's own page behind a mailed link."""

from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.kernel.clock import add_months
from allonce.kernel.errors import NotFound
from allonce.kernel.legal.rendering.page_text import as_html
from allonce.products.vacancies import applying, queries
from allonce.products.vacancies.forms import ApplicationForm
from allonce.products.vacancies.links import id_of
from allonce.products.vacancies.models import Application, Vacancy


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """What is open now. It gives no cookie."""
    return render(request, "vacancies/listed.html", {"vacancies": queries.open_vacancies()})


@require_GET
def vacancy(request: HttpRequest, slug: str) -> HttpResponse:
    """One vacancy; a closed one says so. It gives no cookie: the form stands on a page of its own."""
    found = _published(slug)
    about = {"vacancy": found, "text": as_html(found.text), "until": _until(found)}
    return render(request, "vacancies/vacancy.html", about)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    found = _published(slug)
    if not found.is_open:
        return redirect("vacancies:vacancy", slug)
    form = ApplicationForm(request.POST or None, request.FILES or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        cv = given["cv"].read() if given["cv"] else None
        applying.apply(request, slug, applying.Applicant(given["name"], given["email"], given["words"], cv))
        return redirect("vacancies:sent", slug)

    return try_form(form, act) or form_page(request, "vacancies/apply.html", form, vacancy=found, until=_until(found))


@require_GET
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for whoever looks: it knows nothing of any application."""
    return render(request, "vacancies/sent.html", {"vacancy": _published(slug)})


@require_GET
def application(request: HttpRequest, token: str) -> HttpResponse:
    """What is held of an applicant, and how it goes."""
    found = Application.objects.select_related("vacancy").filter(pk=id_of(token)).first()
    if found is None:
        return _gone(request)
    longest = add_months(found.period_until, applying.LONGER_MONTHS)
    return render(request, "vacancies/application.html", {"application": found, "token": token, "longest": longest})


@require_POST
def withdraw(_request: HttpRequest, token: str) -> HttpResponse:
    """At any time, and at once. A second click finds what the first left: nothing."""
    application_id = id_of(token)
    with suppress(NotFound):
        applying.withdraw(application_id)
    return redirect("vacancies:application", token)


@require_POST
def keep_longer(request: HttpRequest, token: str) -> HttpResponse:
    """The applicant's own consent to be kept for another vacancy, or its withdrawal."""
    applying.keep_longer(id_of(token), wanted=request.POST.get("wanted") == "yes")
    return redirect("vacancies:application", token)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "vacancies/gone.html", status=410)


def _published(slug: str) -> Vacancy:
    found = Vacancy.objects.filter(slug=slug, published_at__isnull=False).first()
    if found is None:
        raise NotFound
    return found


def _until(found: Vacancy) -> Any:
    return add_months(found.closes_on, found.keep_months)
