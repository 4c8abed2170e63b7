"""What needs no browser: the protocol in Node, the size of what is sent, and what a language needs."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from allonce.products.chat import demo
from allonce.products.chat.demo import FENWICK, load

WIDGET = Path(__file__).resolve().parents[2] / "clients" / "chat_widget"
CHAT = Path(demo.__file__).parent
NODE = Path(sys.executable).with_name("node")
MOST_BYTES = 15_000


@pytest.mark.promise("CHAT-DELIVERY")
def test_the_widgets_parts_hold_in_node() -> None:
    files = sorted(str(path) for path in WIDGET.glob("tests/*.test.ts"))
    assert files
    command = [str(NODE), "--disable-warning=ExperimentalWarning", "--test", "--test-force-exit", *files]
    done = subprocess.run(command, cwd=WIDGET, env=os.environ, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


@pytest.mark.django_db(transaction=True)
def test_everything_until_the_chat_is_open_weighs_less_than_its_limit(client: Client) -> None:
    load()
    asked = {"Accept-Encoding": "br"}
    loader = client.get(f"/w/{FENWICK}.js", headers=asked)
    page = client.get(f"/w/{FENWICK}/frame", headers=asked)
    assert loader["Content-Encoding"] == page["Content-Encoding"] == "br"
    whole = len(loader.content) + len(page.content) + _files_of(client.get(f"/w/{FENWICK}/frame").content.decode())
    assert whole < MOST_BYTES


def _files_of(page: str) -> int:
    files = re.findall(r'(?:src|href)="/static/([^"]+\.(?:js|css))"', page)
    assert len(files) == 2
    return sum((Path(settings.BUILD_DIR) / f"{name}.br").stat().st_size for name in files)


def test_each_language_of_the_sources_is_built_in_three_parts() -> None:
    for source in (WIDGET / "languages").glob("*.json"):
        words = json.loads(source.read_text())
        built = Path(settings.BUILD_DIR) / "chat_widget" / "languages"
        whole = json.loads((built / source.name).read_text())
        later = json.loads((built / f"{source.stem}.later.json").read_text())
        told = {**whole["loader"], **whole["frame"], **later}
        assert whole["frame"]["code"] == source.stem
        assert {key: value for key, value in told.items() if key in words} | {"name": whole["name"]} == words


def test_each_line_of_the_house_that_visitors_are_given_has_words() -> None:
    words = json.loads((WIDGET / "languages" / "en.json").read_text())
    sources = "".join(path.read_text() for path in CHAT.rglob("*.py"))
    said = set(re.findall(r'log\.say\(conversation, "(\w+)"(?!, audience="staff")', sources))
    assert {"joined", "left", "no_contact"} <= said
    assert not {code for code in said if f"system_{code}" not in words}
