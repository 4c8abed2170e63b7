"""The browser's library under Node, and its output read by an independent implementation."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from allonce.kernel.accounts.keys.points import (
    NotAPublicKey,
    base64url,
    fingerprint,
    from_base64url,
    point_of,
    public_jwk,
)
from allonce.kernel.accounts.keys.tests import reader
from allonce.kernel.accounts.keys.tests.reader import Context

LIBRARY = Path(__file__).resolve().parents[5] / "clients" / "sealing"
NODE = Path(sys.executable).with_name("node")


def run_node(*arguments: str) -> str:
    done = subprocess.run([NODE, *arguments], cwd=LIBRARY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def specimen() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(run_node("tests/specimen.ts"))
    return made


def test_the_sealing_library_keeps_its_own_tests() -> None:
    run_node("--test", *sorted(str(path) for path in LIBRARY.glob("tests/*.test.ts")))


def test_a_job_file_opens_with_other_tools_by_its_document(specimen: dict[str, Any]) -> None:
    key = reader.private_key(from_base64url(specimen["first"]["pkcs8"]))
    manifest, files = reader.open_job_file(from_base64url(specimen["file"]), key)
    assert manifest["json"] == specimen["json"]
    assert [base64url(data) for data in files] == [file["data"] for file in specimen["files"]]


@pytest.mark.parametrize("holder", ["device", "passkey", "recovery"])
def test_each_holder_opens_its_wrap_with_other_tools(specimen: dict[str, Any], holder: str) -> None:
    opened = open_specimen(specimen, holder)
    assert base64url(opened) == specimen["second"]["pkcs8"]


def test_the_renewed_key_opens_the_old_one_with_other_tools(specimen: dict[str, Any]) -> None:
    newest = reader.private_key(from_base64url(specimen["second"]["pkcs8"]))
    context = Context(specimen["account"], 1, "next", "2")
    old = reader.open_wrap(specimen["wraps"]["next"], context, newest)
    assert base64url(old) == specimen["first"]["pkcs8"]


def test_succession_is_proved_alike(specimen: dict[str, Any]) -> None:
    old = from_base64url(specimen["first"]["pkcs8"])
    proof = reader.succession(old, specimen["account"], 2, point_of(specimen["second"]["jwk"]))
    assert base64url(proof) == specimen["succession"]


def test_fingerprints_are_the_same_on_both_sides(specimen: dict[str, Any]) -> None:
    assert fingerprint(specimen["device"]["jwk"]) == specimen["fingerprint"]


def test_only_the_public_half_of_a_key_is_kept(specimen: dict[str, Any]) -> None:
    jwk = specimen["device"]["jwk"]
    assert public_jwk(jwk | {"d": "secret", "ext": True}) == jwk


@pytest.mark.parametrize(
    "change", [{"crv": "P-384"}, {"x": "AA"}, {"y": "*"}, {"x": None}, {"kty": "RSA"}, {"y": "A" * 43}]
)
def test_what_is_no_p256_key_is_refused(specimen: dict[str, Any], change: dict[str, Any]) -> None:
    with pytest.raises(NotAPublicKey):
        point_of(specimen["device"]["jwk"] | change)


def open_specimen(specimen: dict[str, Any], holder: str) -> bytes:
    account, wrap = specimen["account"], specimen["wraps"][holder]
    holder_id, key = holder_of(specimen, holder)
    return reader.open_wrap(wrap, Context(account, 2, holder, holder_id), reader.private_key(key))


def holder_of(specimen: dict[str, Any], holder: str) -> tuple[str, bytes]:
    if holder == "device":
        return specimen["device_id"], from_base64url(specimen["device"]["pkcs8"])
    holder_id = "credential" if holder == "passkey" else "printed"
    prf, code = from_base64url(specimen["prf"]), reader.recovery_secret(specimen["code"])
    secret = prf if holder == "passkey" else code
    return holder_id, reader.open_lock(specimen["locked"][holder], specimen["account"], holder, holder_id, secret)
