"""What the promises page says of visits and figures now."""

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from allonce.kernel.clock import now
from allonce.kernel.declarations import Evidence
from allonce.kernel.privacy.analytics import queries
from allonce.kernel.privacy.analytics.codes import CodeField
from allonce.kernel.privacy.analytics.models import Visit

# Column types that can hold neither words nor a way to a row of somebody's.
PLAIN = (CodeField, models.DateField, models.PositiveIntegerField, models.BigAutoField)


def of_visits() -> Evidence:
    if not settings.VISIT_LOG:
        return Evidence(_("No visit is logged: the log is switched off."), now())
    late = queries.oldest_visit_is_due()
    oldest = Visit.objects.order_by("at").values_list("at", flat=True).first()
    said = _("%(count)s visits in the log, none with a key to a person, none older than thirty days.")
    if late:
        said = _("%(count)s visits in the log, some older than thirty days: the sweep is late.")
    return Evidence(said % {"count": f"{Visit.objects.count():,}"}, oldest or now(), holds=not late)


def of_exports() -> Evidence:
    said = _(
        "Figures leave only where they come from at least %(minimum)s visitors or accounts; smaller ones are hidden."
    )
    return Evidence(said % {"minimum": settings.SMALLEST_GROUP}, now())


def of_tables() -> Evidence:
    found = unfit_columns()
    said = _("No column of the figures' tables can hold words or lead to a person.")
    return Evidence(said if not found else _("Unfit columns: %s") % ", ".join(found), now(), holds=not found)


def unfit_columns() -> list[str]:
    """Columns of this room that could hold words, or lead to somebody's row."""
    return [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_app_config("analytics").get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if not isinstance(field, PLAIN)
    ]
