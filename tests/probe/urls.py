"""A page that starts a session and asks for a form's token, like any sign-in page."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import path


def sign(request: HttpRequest) -> HttpResponse:
    request.session["seen"] = True
    return HttpResponse(get_token(request))


urlpatterns = [path("sign/", sign)]
