from django.urls import URLPattern, path

from allonce.products.vacancies.views import public, staff

app_name = "vacancies"

urlpatterns: list[URLPattern] = [
    path("jobs/", public.listed, name="listed"),
    path("jobs/application/<str:token>/", public.application, name="application"),
    path("jobs/application/<str:token>/withdraw/", public.withdraw, name="withdraw"),
    path("jobs/application/<str:token>/longer/", public.keep_longer, name="keep_longer"),
    path("jobs/<slug:slug>/", public.vacancy, name="vacancy"),
    path("jobs/<slug:slug>/apply/", public.apply, name="apply"),
    path("jobs/<slug:slug>/sent/", public.sent, name="sent"),
    path("operator/vacancies/", staff.vacancies, name="staff_vacancies"),
    path("operator/vacancies/new/", staff.new, name="staff_new"),
    path("operator/vacancies/<uuid:vacancy_id>/", staff.vacancy, name="staff_vacancy"),
    path("operator/vacancies/<uuid:vacancy_id>/edit/", staff.edit, name="staff_edit"),
    path("operator/vacancies/<uuid:vacancy_id>/publish/", staff.publish, name="staff_publish"),
    path("operator/vacancies/<uuid:vacancy_id>/close/", staff.close, name="staff_close"),
    path("operator/vacancies/applications/<uuid:application_id>/", staff.application, name="staff_application"),
    path("operator/vacancies/applications/<uuid:application_id>/cv/", staff.paper, name="staff_paper"),
]
