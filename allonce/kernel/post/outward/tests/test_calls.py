"""Calls to addresses that others name: never into the house's own network, never for ever, never too much."""

import socket
import ssl
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pytest_django.fixtures import Settings

from allonce.kernel.clock import now
from allonce.kernel.post.outward import AddressRefused, NoAnswer, call, calling, readable_url
from allonce.kernel.post.outward.addresses import may_be_called
from allonce.kernel.post.outward.tests.server import Server, running_server

INSIDE = [
    *("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"),
    *("255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1", "::1", "::", "fe80::1", "fd00::1", "ff02::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "2002:a00:1::", "64:ff9b::7f00:1", "64:ff9b::a00:1"),
    *("::127.0.0.1", "2001:db8::1", "2001::1", "fec0::1", "64:ff9b:1::a00:1"),
]
OUTSIDE = ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822", "::ffff:93.184.216.34"]


@pytest.fixture(autouse=True)
def _loopback(settings: Settings) -> None:
    settings.LOOPBACK_CALLS = True


@pytest.fixture
def server() -> Iterator[Server]:
    with running_server() as made:
        yield made


def word_of(url: str, **options: Any) -> str:
    with pytest.raises(NoAnswer) as refused:
        call(url, b"{}", {}, **options)
    return refused.value.word


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_of_our_own_network_is_called(address: str, settings: Settings) -> None:
    settings.LOOPBACK_CALLS = False
    assert not may_be_called(ip_address(address))


@pytest.mark.parametrize("address", OUTSIDE)
def test_a_public_address_is_refused(address: str) -> None:
    assert may_be_called(ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        *("", "example.com", "ftp://example.com/", "http://example.com/", "file:///etc/passwd", "https://"),
        *("https://user@example.com/", "https://a:b@example.com/", "https://example.com/#x", "https://exa mple.com/"),
        *("https://example.com\\@10.0.0.1/", "https://example.com/\r\nX: y", "https://exämple.com/", "https://a:0/"),
        *("https://10.0.0.1/", "https://[::1%25lo]/", "https://[fd00::1]/", "https://169.254.169.254/latest/"),
        *("https://example.com:99999/", "https://[::1/", "https://" + "a" * 3000, "HTTP://example.com/"),
    ],
)
def test_a_malformed_or_inner_address_is_taken(url: str) -> None:
    with pytest.raises(AddressRefused):
        readable_url(url)


def test_this_machine_is_called_where_that_is_not_allowed(server: Server, settings: Settings) -> None:
    settings.LOOPBACK_CALLS = False
    assert word_of(server.url()) == "address_refused"
    assert word_of(server.url(host="localhost")) == "address_refused"
    assert not server.calls


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Names lead to these addresses, another list at each look-up; returns what is connected to."""
    left, reached = list(answers), []

    def look_up(_host: str, port: int, **_more: Any) -> list[Any]:
        found = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in found]

    def connect(place: tuple[str, int], **_more: Any) -> socket.socket:
        reached.append(place[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    return reached


def test_a_name_that_leads_inside_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    reached = resolving(monkeypatch, ["10.0.0.7"])
    assert word_of("https://hooks.example/") == "address_refused"
    assert reached == []


def test_a_name_with_one_inner_address_among_public_ones_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    reached = resolving(monkeypatch, ["93.184.216.34", "10.0.0.7"])
    assert word_of("https://hooks.example/") == "address_refused"
    assert reached == []


def test_the_connection_goes_elsewhere_than_to_the_address_that_was_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    reached = resolving(monkeypatch, ["93.184.216.34"], ["10.0.0.7"])
    assert word_of("https://hooks.example/") == "unreachable"
    assert reached == ["93.184.216.34"]


def test_a_redirect_is_followed(server: Server) -> None:
    server.status, server.more = 307, {"Location": server.url("/elsewhere")}
    assert call(server.url(), b"{}", {}).status == 307
    assert [each.path for each in server.calls] == ["/hook"]


def test_more_of_an_answer_is_read_than_the_cap(server: Server) -> None:
    server.answer = b"x" * (calling.MOST_ANSWER * 4)
    assert len(call(server.url(), b"{}", {}).body) == calling.MOST_ANSWER


def test_a_server_that_drips_its_answer_holds_us_for_ever(server: Server) -> None:
    server.drip = True
    assert word_of(server.url(), seconds=0.6) == "timeout"


def test_a_connection_that_breaks_is_not_told_from_one_that_never_came_to_be(server: Server) -> None:
    server.hang_up = True
    with pytest.raises(NoAnswer) as broken:
        call(server.url(), b"{}", {})
    assert (broken.value.word, broken.value.sent) == ("broken", True)
    with pytest.raises(NoAnswer) as refused:
        call("http://127.0.0.1:9/", b"{}", {})
    assert (refused.value.word, refused.value.sent) == ("unreachable", False)


def test_a_name_that_nobody_knows_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_given: Any, **_more: Any) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert word_of("https://nowhere.example/") == "name_unknown"


@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server with a certificate for localhost alone, by an authority that is trusted here."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now() - timedelta(days=1)).not_valid_after(now() + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    paper, secret = tmp_path / "paper.pem", tmp_path / "secret.pem"
    paper.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(paper, secret)
    trusting = ssl.create_default_context(cafile=str(paper))
    monkeypatch.setattr(calling, "_tls", lambda: trusting)
    with running_server(context) as server:
        yield server


def test_a_judged_address_is_called_without_proof_of_the_name(secure: Server) -> None:
    assert call(secure.url(host="localhost"), b"{}", {}).status == 200
    assert secure.calls[0].headers["host"] == f"localhost:{secure.port}"
    assert word_of(secure.url(host="127.0.0.1")) == "tls_failed"


def test_a_certificate_that_nobody_vouches_for_is_believed(secure: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calling, "_tls", ssl.create_default_context)
    assert word_of(secure.url(host="localhost")) == "tls_failed"
    assert not secure.calls
