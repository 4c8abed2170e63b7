"""Whatever the bytes, a mail is read; whatever was written anew is found again."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allonce.kernel.desk.mail import Mail, digest, read_mail, reply_of
from allonce.kernel.desk.mail.tests.samples import HTML, PLAIN, mail, part, parts

_LINE, _BODY = parts(
    "mixed",
    [
        part(b"Hello =C3=A4\r\n> old", PLAIN, "Content-Transfer-Encoding: quoted-printable"),
        part(b"<p>Hello <a href='https://x.example'>x</a></p>", HTML),
        part(b"AAAA", "Content-Type: image/png; name*=utf-8''%c3%a4.png", "Content-Transfer-Encoding: base64"),
        part(mail("inner", Subject="=?utf-8?B?R3LDvA==?="), "Content-Type: message/rfc822"),
        part(
            b"Final-Recipient: rfc822; x@y.example\r\nAction: failed\r\nStatus: 5.1.1",
            "Content-Type: message/delivery-status",
        ),
    ],
)
WHOLE = mail(_BODY, _LINE, "References: <a@b> <c@d>", "Authentication-Results: mx.example; dkim=pass; spf=fail")
_TOKENS = [
    b"\r\n",
    b"\n\n",
    b"\x00",
    b"\xff",
    b"=?",
    b"?=",
    b"--edge",
    b";",
    b"=",
    b'"',
    b"<",
    b"(",
    b"\x1b$B",
    b":",
    b"*0=",
]
_PIECES = st.binary(max_size=6) | st.sampled_from(_TOKENS)


def holds_only_what_can_be_kept(read: Mail) -> bool:
    """Every text of it is valid Unicode without NUL; a reply is there if a text is."""
    told = [read.subject, read.text, read.reply, read.message_id, read.in_reply_to, *read.references, *read.faults]
    told += [
        word for address in (read.sender, *read.to, *read.cc, *read.reply_to) for word in (address.name, address.email)
    ]
    told += [word for file in read.files for word in (file.name, file.media_type, file.content_id)]
    told += [read.bounce.recipient, read.bounce.reason] if read.bounce else []
    return all("\x00" not in word and word.encode() is not None for word in told) and bool(read.reply) == bool(
        read.text.strip()
    )


@given(st.binary(max_size=600))
def test_any_bytes_are_read(raw: bytes) -> None:
    assert holds_only_what_can_be_kept(read_mail(raw, authserv_id="mx.example", loop_mark="us"))
    assert len(digest(raw)) == 64


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 40), _PIECES),
        max_size=8,
    )
)
def test_a_mail_damaged_anywhere_is_read(damages: list[tuple[int, int, bytes]]) -> None:
    raw = WHOLE
    for start, length, piece in damages:
        raw = raw[:start] + piece + raw[start + length :]
    assert holds_only_what_can_be_kept(read_mail(raw, authserv_id="mx.example", loop_mark="us"))


@given(
    st.text(max_size=300),
    st.sampled_from(["Subject", "From", "To", "Date", "Message-ID", "Content-Type", "References"]),
)
def test_any_header_is_read(value: str, name: str) -> None:
    raw = f"{name}: {value}\r\n\r\nbody".encode("utf-8", "surrogatepass")
    assert holds_only_what_can_be_kept(read_mail(raw))


_WORDS = st.lists(
    st.sampled_from(["the", "gate", "still", "sticks", "after", "rain", "since", "Monday", "please", "call", "us"]),
    min_size=1,
    max_size=8,
)
_NEW = st.lists(_WORDS.map(" ".join), min_size=1, max_size=5).map("\n".join)
_QUOTES = st.sampled_from(
    [
        "On Tue, 3 Mar 2026 at 09:15, Desk <desk@a.example> wrote:\n\n> What is it?\n> Desk",
        "On Tue, 3 Mar 2026 at 09:15, Desk\n<desk@a.example> wrote:\nWhat is it?",
        "Am 03.03.2026 um 09:15 schrieb Desk:\n> Was ist es?",
        "Le mar. 3 mars 2026 à 09:15, Desk <d@a.example> a écrit :\n> Quoi ?",
        "El mar, 3 mar 2026 a las 9:15, Desk (<d@a.example>) escribió:\n> ¿Qué?",
        "Il giorno mar 3 mar 2026 alle ore 09:15 Desk <d@a.example> ha scritto:\n> Cosa?",
        "Op di 3 mrt 2026 om 09:15 schreef Desk <d@a.example>:\n> Wat?",
        "-----Original Message-----\nFrom: Desk\nWhat is it?",
        "_______________\nFrom: Desk <d@a.example>\nSent: 3 March 2026 09:15\nTo: Ada\nSubject: Gate\n\nWhat?",
        "Von: Desk\nGesendet: Dienstag, 3. März 2026 09:15\nAn: Ada\nBetreff: Tor\n\nWas?",
        "> What is it?",
        "",
    ]
)
_SIGNATURES = st.sampled_from(
    ["", "-- \nAda Park\nNorth Ltd", "--\nAda", "Sent from my iPhone", "Von meinem iPhone gesendet"]
)
_BANNERS = st.sampled_from(
    ["", "CAUTION: This email originated from outside the organisation. Do not click links.\n\n"]
)


@given(_BANNERS, _NEW, _SIGNATURES, _QUOTES)
def test_a_reply_gives_back_what_was_newly_written(banner: str, new: str, signature: str, quote: str) -> None:
    text = banner + "\n\n".join(piece for piece in (new, signature, quote) if piece)
    assert reply_of(text, "Re: The gate") == new


@given(st.text(max_size=400), st.text(max_size=40))
def test_a_reply_is_never_empty_where_the_text_is_not(text: str, subject: str) -> None:
    assert bool(reply_of(text, subject).strip()) == bool(text.strip())
