from django.urls import URLPattern, path

from allonce.kernel.privacy.rights.views import data, leaving, limits, register

app_name = "rights"

urlpatterns: list[URLPattern] = [
    path("me/data/", data.overview, name="overview"),
    path("me/data/confirm/", leaving.confirm, name="confirm"),
    path("me/data/confirm/passkey/", leaving.confirm_passkey, name="confirm_passkey"),
    path("me/data/export/", data.export, name="export"),
    path("me/data/export/download/", data.download, name="download"),
    path("me/data/correct/<str:label>/<str:row>/<str:field>/", data.correct, name="correct"),
    path("me/data/limits/", limits.page, name="limits"),
    path("me/data/limits/restrict/", limits.restrict, name="restrict"),
    path("me/data/limits/lift/", limits.lift, name="lift"),
    path("me/data/limits/object/", limits.object_to, name="object_to"),
    path("me/data/limits/withdraw/", limits.withdraw, name="withdraw"),
    path("me/data/erase/", leaving.erase, name="erase"),
    path("erased/", leaving.erased, name="erased"),
    path("privacy/register/", register.page, name="register"),
    path("privacy/register.json", register.as_json, name="register_json"),
    path("operator/register/", register.operator, name="operator_register"),
]
