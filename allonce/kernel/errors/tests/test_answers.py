"""People get a page, programs a problem; nobody learns of our insides."""

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from ninja import NinjaAPI, Schema

from allonce.kernel.errors import Forbidden, NotFound, TooMany, Unavailable, UserError
from allonce.kernel.errors.ninja import install

# Every request tells PostgreSQL whose rows it may see.
pytestmark = pytest.mark.django_db
SECRET = "Ada Lovelace ada@example.com"

raised: dict[str, BaseException] = {
    "user": UserError("Choose a smaller size.", code="too_small", fields={"width": "at least 300 mm"}),
    "missing": NotFound(),
    "http404": Http404(SECRET),
    "forbidden": Forbidden(),
    "denied": PermissionDenied(SECRET),
    "many": TooMany(30),
    "down": Unavailable(7),
    "big": RequestDataTooBig(SECRET),
    "odd": SuspiciousOperation(SECRET),
    "invalid": ValidationError({"width": ["not a number"]}),
    "fault": RuntimeError(SECRET),
}


class Size(Schema):
    width: int


api = NinjaAPI(urls_namespace="errors_probe")
install(api)


@api.get("/raise/{kind}")
def api_raise(request: HttpRequest, kind: str) -> None:
    raise raised[kind]


@api.post("/size")
def api_size(request: HttpRequest, size: Size) -> None:
    return None


def page(request: HttpRequest, kind: str) -> HttpResponse:
    raise raised[kind]


urlpatterns = [path("page/<str:kind>", page), path("api/page/<str:kind>", page), path("api/ninja/", api.urls)]
handler404 = "allonce.kernel.errors.views.not_found"
handler500 = "allonce.kernel.errors.views.server_fault"

STATUS = {
    "user": 400, "missing": 404, "http404": 404, "forbidden": 403, "denied": 403, "many": 429, "down": 503,
    "big": 413, "odd": 400, "invalid": 422, "fault": 500,
}  # fmt: skip


@pytest.fixture
def client(settings: Any) -> Client:
    settings.ROOT_URLCONF = __name__
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    (
                        "django.template.loaders.locmem.Loader",
                        {"errors/error.html": "{{ error.status }} {{ error.message }} {{ error.fields }}"},
                    )
                ]
            },
        }
    ]
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("kind", raised)
@pytest.mark.parametrize("place", ["/page/", "/api/page/", "/api/ninja/raise/"])
def test_every_error_has_its_status_and_form(client: Client, place: str, kind: str) -> None:
    answer = client.get(place + kind)
    assert answer.status_code == STATUS[kind]
    assert "Ada" not in answer.content.decode()
    wanted = "application/problem+json" if place.startswith("/api/") else "text/html; charset=utf-8"
    assert answer["Content-Type"] == wanted


def test_a_problem_tells_code_and_fields(client: Client) -> None:
    problem = client.get("/api/page/user").json()
    assert problem == {
        "type": "about:blank",
        "title": "Choose a smaller size.",
        "status": 400,
        "code": "too_small",
        "fields": {"width": "at least 300 mm"},
    }


@pytest.mark.parametrize("kind", ["many", "down"])
def test_who_must_wait_is_told_how_long(client: Client, kind: str) -> None:
    answer = client.get(f"/api/page/{kind}")
    assert int(answer["Retry-After"]) == answer.json()["retry_after"]


def test_wrong_input_is_named_and_not_quoted(client: Client) -> None:
    answer = client.post("/api/ninja/size", json.dumps({"width": SECRET}), content_type="application/json")
    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == ["size.width"]
    assert "Ada" not in answer.content.decode()


def test_an_unknown_address_is_answered_in_the_callers_form(client: Client) -> None:
    assert client.get("/nowhere")["Content-Type"].startswith("text/html")
    assert client.get("/api/nowhere").json()["code"] == "not_found"
    assert client.get("/nowhere", headers={"accept": "application/json"}).json()["status"] == 404


def test_a_form_without_its_token_is_told_to_reload(settings: Any, client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/page/user", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (403, "stale_form")


def test_the_real_error_page_renders(rf: RequestFactory) -> None:
    from allonce.kernel.errors.views import not_found

    content = not_found(rf.get("/nowhere")).content.decode()
    assert "404" in content
    assert "There is nothing at this address." in content
