from django.urls import path

from allonce.kernel.privacy.processors import views

app_name = "processors"

urlpatterns = [
    path("privacy/processors/", views.public, name="public"),
    path("account/regions/", views.regions, name="regions"),
    path("account/regions/follow/", views.follow, name="follow"),
    path("operator/processors/", views.overview, name="overview"),
    path("operator/processors/add/", views.add, name="add"),
    path("operator/processors/<uuid:processor_id>/", views.detail, name="detail"),
    path("operator/processors/<uuid:processor_id>/change/", views.change, name="change"),
    path("operator/processors/<uuid:processor_id>/end/", views.end, name="end"),
]
