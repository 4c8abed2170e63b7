"""Mails put together for tests."""

from collections.abc import Sequence

HEAD = {
    "From": "Ada Park <ada@north.example>",
    "To": "Desk <desk@allonce.example>",
    "Subject": "The gate does not open",
    "Date": "Tue, 03 Mar 2026 09:15:00 +0100",
    "Message-ID": "<one@north.example>",
}


def mail(body: str | bytes = "Hello", /, *extra: str, **fields: str) -> bytes:
    """A mail with the usual head. `extra` are whole header lines; `Reply_To` is Reply-To; "" leaves a field out."""
    named = HEAD | {name.replace("_", "-"): value for name, value in fields.items()}
    lines = [f"{name}: {value}" for name, value in named.items() if value] + list(extra)
    content = body.encode() if isinstance(body, str) else body
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def parts(subtype: str, bodies: Sequence[bytes], boundary: str = "edge") -> tuple[str, bytes]:
    """A Content-Type line and the body of a multipart mail; each of `bodies` has its own head."""
    line = f'Content-Type: multipart/{subtype}; boundary="{boundary}"'
    opened = b"".join(b"--" + boundary.encode() + b"\r\n" + body + b"\r\n" for body in bodies)
    return line, opened + b"--" + boundary.encode() + b"--\r\n"


def part(content: bytes, *head: str) -> bytes:
    """One part with its head."""
    return "\r\n".join(head).encode() + b"\r\n\r\n" + content


PLAIN = "Content-Type: text/plain; charset=utf-8"
HTML = "Content-Type: text/html; charset=utf-8"
