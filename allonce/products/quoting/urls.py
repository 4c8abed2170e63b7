from django.urls import include, path

from allonce.products.quoting import views

app_name = "quoting"

urlpatterns = [
    path("setup/sent/", views.sent, name="sent"),
    path("mobile/", include("allonce.products.quoting.phone_app")),
    path("setup/documents/", include("allonce.products.quoting.documents.urls")),
]
