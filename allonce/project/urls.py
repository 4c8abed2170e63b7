"""The one place where rooms and products are mounted."""

from django.urls import URLPattern, URLResolver, include, path

from allonce.project import views
from allonce.project.api import api
from allonce.project.backup.account import views as account_backup
from allonce.project.licences import views as licences
from allonce.project.promises import views as promises

handler400 = "allonce.kernel.errors.views.bad_request"
handler403 = "allonce.kernel.errors.views.forbidden"
handler404 = "allonce.kernel.errors.views.not_found"
handler500 = "allonce.kernel.errors.views.server_fault"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("parts/", views.parts, name="parts"),
    path("licences/", licences.everything, name="licences"),
    path("licences/<slug:origin>/<path:name>/", licences.one, name="licence"),
    path("promises/", promises.page, name="promises"),
    path("account/backup/", account_backup.page, name="account_backup"),
    path("account/backup/take/", account_backup.take, name="account_backup_take"),
    path("account/backup/restore/", account_backup.restore, name="account_backup_restore"),
    path("icon.svg", views.icon, name="icon"),
    path("", include("allonce.products.quoting.urls")),
    path("", include("allonce.kernel.accounts.urls")),
    path("setup/", include("allonce.kernel.accounts.devices.urls")),
    path("setup/", include("allonce.products.catalogue.urls")),
    path("", include("allonce.kernel.notices.urls")),
    path("", include("allonce.kernel.legal.urls")),
    path("", include("allonce.kernel.legal.marketing.urls")),
    path("", include("allonce.kernel.privacy.rights.urls")),
    path("", include("allonce.kernel.privacy.retention.urls")),
    path("", include("allonce.kernel.privacy.requests.urls")),
    path("", include("allonce.kernel.desk.urls")),
    path("", include("allonce.kernel.privacy.processors.urls")),
    path("", include("allonce.kernel.privacy.analytics.urls")),
    path("", include("allonce.kernel.casework.urls")),
    path("", include("allonce.kernel.billing.urls")),
    path("", include("allonce.products.vacancies.urls")),
    path("", include("allonce.products.chat.urls")),
    path("", include("allonce.products.chat.leads.urls")),
    path("", include("allonce.products.chat.reports.urls")),
    path("", include("allonce.products.chat.provisioning.urls")),
    path("", include("allonce.products.chat.portal.urls")),
    path("", include("allonce.products.dating.urls")),
    path("api/", api.urls),
    path("webhooks/", include("allonce.kernel.post.urls")),
    path("webhooks/", include("allonce.kernel.post.sms.urls")),
]
