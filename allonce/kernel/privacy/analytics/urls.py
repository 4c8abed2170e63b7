from django.urls import path

from allonce.kernel.privacy.analytics import views

app_name = "analytics"

urlpatterns = [
    path("operator/analytics/", views.figures, name="figures"),
    path("operator/analytics/figures.csv", views.as_csv, name="figures_csv"),
    path("operator/analytics/figures.json", views.as_json, name="figures_json"),
]
