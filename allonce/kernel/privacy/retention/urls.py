"""Addresses of retention: an account's end, and the Operator's sweeps and holds."""

from django.urls import path

from allonce.kernel.privacy.retention.views import ending, operator

app_name = "retention"

urlpatterns = [
    path("account/end/", ending.end, name="end"),
    path("account/end/undo/", ending.undo, name="undo"),
    path("operator/retention/", operator.overview, name="operator"),
    path("operator/retention/holds/new/", operator.place_hold, name="place_hold"),
    path("operator/retention/holds/<uuid:hold_id>/release/", operator.release_hold, name="release_hold"),
    path("operator/retention/end/", operator.end_for_customer, name="end_for_customer"),
]
