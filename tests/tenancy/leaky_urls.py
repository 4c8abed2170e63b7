"""A URL configuration with a hole, to see that the hole is found."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def hole(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("come in")


urlpatterns = [path("hole/", hole), path("", include("allonce.project.urls"))]
