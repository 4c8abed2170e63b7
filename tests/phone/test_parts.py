"""The parts of the phone's app that need no browser, in Node; and how Django serves the app."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

PHONE = Path(__file__).resolve().parents[2] / "clients" / "phone"
NODE = Path(sys.executable).with_name("node")


def test_the_phones_parts_hold_in_node() -> None:
    files = sorted(str(path) for path in PHONE.glob("tests/*.test.ts"))
    assert files
    command = [str(NODE), "--disable-warning=ExperimentalWarning", "--test", "--test-force-exit", *files]
    done = subprocess.run(command, cwd=PHONE, env=os.environ, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


@pytest.fixture
def built(tmp_path: Path, settings: Settings, db: None) -> Path:
    """A build as Vite leaves it, of a few small files; each request names its account to PostgreSQL, so `db` too."""
    settings.BUILD_DIR = tmp_path
    folder = tmp_path / "phone"
    (folder / "assets").mkdir(parents=True)
    (folder / ".vite").mkdir()
    (folder / "index.html").write_text("<!doctype html><title>Mobile</title>")
    (folder / "sw.js").write_text("self")
    (folder / "assets" / "index-abcdefgh.js").write_text("plain")
    (folder / "assets" / "index-abcdefgh.js.br").write_bytes(b"brotli")
    (folder / "assets" / "index-abcdefgh.js.gz").write_bytes(b"gzip")
    (folder / ".vite" / "manifest.json").write_text("{}")
    (tmp_path / "secret.js").write_text("not yours")
    return folder


def test_the_app_comes_with_a_policy_that_lets_nothing_else_in(built: Path, client: Client) -> None:
    policy = client.get("/mobile/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_assets_are_kept_for_ever_and_the_page_is_asked_for_each_time(built: Path, client: Client) -> None:
    assert "immutable" in client.get("/mobile/assets/index-abcdefgh.js")["Cache-Control"]
    assert client.get("/mobile/")["Cache-Control"] == "no-cache"
    assert client.get("/mobile/sw.js")["Cache-Control"] == "no-cache"
    assert client.get("/mobile/sw.js")["Service-Worker-Allowed"] == "/mobile/"


@pytest.mark.parametrize(("accepts", "body"), [("br, gzip", b"brotli"), ("gzip", b"gzip"), ("", b"plain")])
def test_the_smallest_form_that_the_browser_takes_is_sent(
    built: Path, client: Client, accepts: str, body: bytes
) -> None:
    answer = client.get("/mobile/assets/index-abcdefgh.js", headers={"Accept-Encoding": accepts})
    assert answer.content == body
    assert "Accept-Encoding" in answer["Vary"]


@pytest.mark.parametrize("name", ["../secret.js", "%2e%2e/secret.js", ".vite/manifest.json", "assets", "nothing.js"])
def test_nothing_but_the_builds_own_files_can_be_asked_for(built: Path, client: Client, name: str) -> None:
    assert client.get(f"/mobile/{name}").status_code == 404


def test_a_new_build_is_served_without_a_restart(built: Path, client: Client) -> None:
    assert client.get("/mobile/assets/later-abcdefgh.js").status_code == 404
    (built / "assets" / "later-abcdefgh.js").write_text("later")
    os.utime(built / "index.html", ns=(1, 1))
    assert client.get("/mobile/assets/later-abcdefgh.js").status_code == 200


@pytest.mark.django_db
def test_without_a_build_the_page_says_what_to_run(tmp_path: Path, settings: Settings, client: Client) -> None:
    settings.BUILD_DIR = tmp_path / "nothing"
    answer = client.get("/mobile/")
    assert answer.status_code == 503
    assert "make build" in answer.content.decode()
