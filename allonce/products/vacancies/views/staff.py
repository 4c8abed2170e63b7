"""The Operator's console: vacancies and applications, for staff with the duty admin."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.decorators import console
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.kernel.errors import NotFound
from allonce.kernel.legal.rendering.page_text import as_html
from allonce.products.vacancies import queries, services
from allonce.products.vacancies.forms import AnswerForm, VacancyForm
from allonce.products.vacancies.models import Vacancy
from allonce.products.vacancies.papers import NAME

FIELDS = ("slug", "title", "text", "closes_on", "keep_months")


@console("admin")
@require_GET
def vacancies(request: HttpRequest, _staff: StaffAccess) -> HttpResponse:
    return render(request, "vacancies/staff/vacancies.html", {"vacancies": queries.all_vacancies()})


@console("admin")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, staff: StaffAccess) -> HttpResponse:
    form = VacancyForm(request.POST or None)
    return _save(request, staff, form, None) or form_page(request, "vacancies/staff/edit.html", form)


@console("admin")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, staff: StaffAccess, vacancy_id: UUID) -> HttpResponse:
    found = _need(vacancy_id)
    form = VacancyForm(request.POST or None, initial={name: getattr(found, name) for name in FIELDS})
    saved = _save(request, staff, form, vacancy_id)
    return saved or form_page(request, "vacancies/staff/edit.html", form, vacancy=found)


@console("admin")
@require_GET
def vacancy(request: HttpRequest, _staff: StaffAccess, vacancy_id: UUID) -> HttpResponse:
    """The vacancy with its applications; names stay closed until one is opened."""
    found = _need(vacancy_id)
    about = {"vacancy": found, "text": as_html(found.text), "applications": queries.applications_of(found)}
    return render(request, "vacancies/staff/vacancy.html", about)


@console("admin")
@require_POST
def publish(request: HttpRequest, staff: StaffAccess, vacancy_id: UUID) -> HttpResponse:
    try:
        services.publish(staff, vacancy_id)
        messages.success(request, _("Published. Everybody can read it and apply."))
    except services.UnfitVacancy as error:
        messages.error(request, str(error))
    return redirect("vacancies:staff_vacancy", vacancy_id)


@console("admin")
@require_POST
def close(request: HttpRequest, staff: StaffAccess, vacancy_id: UUID) -> HttpResponse:
    services.close(staff, vacancy_id)
    messages.success(request, _("Closed. Nobody can apply any more."))
    return redirect("vacancies:staff_vacancy", vacancy_id)


@console("admin")
@require_http_methods(["GET", "POST"])
def application(request: HttpRequest, staff: StaffAccess, application_id: UUID) -> HttpResponse:
    """One application, opened; that it was is in the audit record."""
    form = AnswerForm(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        done = services.answer(staff, application_id, given["state"], given["said"])
        messages.success(request, _("Your answer is on its way."))
        return redirect("vacancies:staff_vacancy", done.vacancy_id)

    answered = try_form(form, act)
    if answered:
        return answered
    opened = services.open_application(staff, application_id)
    return form_page(request, "vacancies/staff/application.html", form, application=opened)


@console("admin")
@require_GET
def paper(_request: HttpRequest, staff: StaffAccess, application_id: UUID) -> HttpResponse:
    """The CV as a download: a browser never runs what somebody sent."""
    body = services.read_paper(staff, application_id)
    headers = {"Content-Disposition": f'attachment; filename="{NAME}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(body, "application/pdf", headers=headers)


def _save(request: HttpRequest, staff: StaffAccess, form: VacancyForm, vacancy_id: UUID | None) -> HttpResponse | None:
    def act(given: dict[str, Any]) -> HttpResponse:
        saved = services.save_vacancy(staff, vacancy_id, services.VacancyDetails(**given))
        messages.success(request, _("Saved."))
        return redirect("vacancies:staff_vacancy", saved.pk)

    return try_form(form, act)


def _need(vacancy_id: UUID) -> Vacancy:
    found = Vacancy.objects.filter(pk=vacancy_id).first()
    if found is None:
        raise NotFound
    return found
