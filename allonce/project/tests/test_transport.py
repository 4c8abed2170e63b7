"""Nothing travels in clear: redirects, cookies, HSTS, and the deployment check that guards them."""

from pathlib import Path
from typing import Any

import pytest

from allonce.project.databases import database
from allonce.project.deployment import check_deployment, where_data_lies
from tests.probe.installation import Installation, installed

HTTPS = {"ALLONCE_PUBLIC_URL": "https://shop.example", "ALLONCE_SMTP_TLS": "true"}
VISIT = """
from django.conf import settings
from django.test import Client
settings.ROOT_URLCONF = "tests.probe.urls"
client = Client(headers={"host": "shop.example"})
plain = client.post("/sign/", {"password": "secret"})
print(plain.status_code, plain["Location"], len(plain.cookies))
safe = client.get("/sign/", secure=True)
print(safe.status_code, safe["Strict-Transport-Security"])
print(*(f"{cookie.key}={bool(cookie['secure'])}" for cookie in safe.cookies.values()))
"""

FORGED = """
from django.conf import settings
from django.test import Client, RequestFactory
settings.ROOT_URLCONF = "tests.probe.urls"
forged = {"host": "shop.example", "x-forwarded-proto": "https"}
print(Client(headers=forged).get("/sign/").status_code)
print(RequestFactory(headers=forged).get("/").scheme)
"""


@pytest.mark.promise("SEC-TRANSPORT")
def test_plain_http_redirects_before_anything_is_read_cookies_are_secure_and_hsts_is_on(tmp_path: Path) -> None:
    with installed(tmp_path) as place:
        place.environment.update(HTTPS)
        plain, safe, cookies = place.python(VISIT).strip().splitlines()
    assert plain == "301 https://shop.example/sign/ 0"
    assert safe == "200 max-age=31536000; includeSubDomains; preload"
    assert set(cookies.split()) == {"sessionid=True", "csrftoken=True"}


@pytest.mark.promise("SEC-TRANSPORT")
@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"ALLONCE_PUBLIC_URL": "http://shop.example"}, 1),
        ({"ALLONCE_PUBLIC_URL": "https://shop.example"}, 0),
        ({"ALLONCE_PUBLIC_URL": "http://localhost:8800"}, 0),
    ],
)
def test_the_deployment_check_fails_without_https(tmp_path: Path, variables: dict[str, str], code: int) -> None:
    done = Installation(tmp_path, **variables).run("check", "--deploy", check=False)
    assert done.returncode == code, done.stderr
    assert ("deployment.E001" in done.stderr) == bool(code)


@pytest.mark.promise("SEC-TRANSPORT")
@pytest.mark.parametrize(
    ("data", "keys", "codes"),
    [
        ("postgresql://db.example/data?sslmode=require", "postgresql://db.example/keys?sslmode=verify-full", []),
        ("postgresql://localhost/one", "postgresql://localhost/one", ["deployment.E012"]),
        ("postgresql://db.example/data", "postgresql://localhost/keys", ["deployment.E013"]),
        ("", "", []),
    ],
)
def test_databases_that_are_one_or_that_speak_in_clear_are_told(
    tmp_path: Path, data: str, keys: str, codes: list[str]
) -> None:
    given = {"default": database(data, tmp_path / "data.sqlite3"), "keys": database(keys, tmp_path / "keys.sqlite3")}
    assert [item.id for item in where_data_lies(given)] == codes


@pytest.mark.promise("SEC-TRANSPORT")
@pytest.mark.promise("MAIL-RELAY")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"PUBLIC_URL": "http://10.0.0.7:8800"}, "deployment.E001"),
        ({"SECURE_SSL_REDIRECT": False}, "deployment.E002"),
        ({"SECURE_HSTS_SECONDS": 60}, "deployment.E003"),
        ({"SESSION_COOKIE_SECURE": False}, "deployment.E004"),
        ({"CSRF_COOKIE_SECURE": False}, "deployment.E004"),
        ({"EMAIL_HOST": "relay.example", "EMAIL_USE_TLS": False}, "deployment.E005"),
        ({"ANYMAIL": {"MAILGUN_API_URL": "http://relay.example/v3"}}, "deployment.E005"),
        ({"DEBUG": True}, "deployment.E006"),
        ({"DEMO": True}, "deployment.E007"),
        ({"PUBLIC_URL": "http://localhost:8800"}, "deployment.E001"),
        ({"ALLOWED_HOSTS": ["*"]}, "deployment.E008"),
        ({"TRUSTED_PROXIES": "*"}, "deployment.E009"),
        ({"SECRET_KEY": "guess me"}, "deployment.E010"),
        ({"VAULT_ROOT_KEY": "guess me"}, "deployment.E010"),
        ({"DATA_DIR": Path("/")}, "deployment.E011"),
    ],
)
def test_each_weakness_of_a_public_installation_is_told(
    settings: Any, tmp_path: Path, change: dict[str, Any], code: str
) -> None:
    tmp_path.chmod(0o700)
    sound = {
        "DATA_DIR": tmp_path,
        "LISTENS_ON": "0.0.0.0",
        "TRUSTED_PROXIES": "127.0.0.1",
        "SECRET_KEY": "s" * 32,
        "VAULT_ROOT_KEY": "r" * 32,
        "ALLOWED_HOSTS": ["shop.example"],
        "PUBLIC_URL": "https://shop.example",
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31536000,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "EMAIL_BACKEND": "allonce.kernel.post.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
    }
    for name, value in sound.items():
        setattr(settings, name, value)
    assert check_deployment() == []
    for name, value in change.items():
        setattr(settings, name, value)
    assert [item.id for item in check_deployment()] == [code]


def test_nobody_but_a_trusted_proxy_can_say_that_a_request_was_encrypted(tmp_path: Path) -> None:
    with installed(tmp_path) as place:
        place.environment.update(HTTPS)
        assert place.python(FORGED).split() == ["301", "http"]


@pytest.mark.slow
def test_others_on_this_machine_can_read_nothing_that_an_installation_writes(tmp_path: Path) -> None:
    fresh = Installation(tmp_path, ALLONCE_DATABASE_URL="", ALLONCE_KEYS_DATABASE_URL="")
    for name in ("keys", "default"):
        fresh.run("migrate", "--database", name, "--verbosity", "0")
    written = [fresh.data, *fresh.data.rglob("*")]
    assert len(written) > 4
    assert [path for path in written if path.stat().st_mode & 0o077] == []


def test_the_demos_people_never_come_into_a_real_installation(tmp_path: Path) -> None:
    with installed(tmp_path) as place:
        done = place.run("demo", check=False)
        assert done.returncode != 0
        assert "public passwords" in done.stderr
