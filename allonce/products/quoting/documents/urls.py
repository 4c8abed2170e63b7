from django.urls import path

from allonce.products.quoting.documents import views

urlpatterns = [
    path("", views.documents, name="documents"),
    path("preview/", views.preview, name="preview"),
    path("sample.pdf", views.sample_pdf, name="sample_pdf"),
    path("logo/", views.logo, name="logo"),
]
