"""Reading mails as they come."""

import base64
from datetime import UTC, datetime

import pytest

from allonce.kernel.desk.mail import Address, Mail, read_mail
from allonce.kernel.desk.mail.tests.samples import HTML, PLAIN, mail, part, parts


def text_of(body: bytes, *head: str) -> str:
    return read_mail(mail(body, *head)).text


def test_an_ordinary_mail_says_who_wrote_what_and_when() -> None:
    read = read_mail(mail("Hello\r\n\r\nIt sticks.\r\n"))
    assert read.sender == Address("Ada Park", "ada@north.example")
    assert [to.email for to in read.to] == ["desk@allonce.example"]
    assert (read.subject, read.text) == ("The gate does not open", "Hello\n\nIt sticks.")
    assert read.sent_at == datetime(2026, 3, 3, 8, 15, tzinfo=UTC)
    assert read.message_id == "one@north.example"
    assert (read.kind, read.bounce, read.files, read.faults) == ("message", None, (), ())


def test_ids_are_the_same_whatever_their_spelling() -> None:
    raw = mail(
        "x",
        "References: <first@A.Example>\r\n\t<second@b.example>,<second@b.example> junk",
        Message_ID=" < Mixed.Case@North.EXAMPLE > ",
        In_Reply_To="Your mail of Monday <Two@B.EXAMPLE>",
    )
    read = read_mail(raw)
    assert read.message_id == "Mixed.Case@north.example"
    assert read.in_reply_to == "Two@b.example"
    assert read.references == ("first@a.example", "second@b.example")


@pytest.mark.parametrize(
    ("written", "subject"),
    [
        ("=?utf-8?B?R3LDvMOfZQ==?=", "Grüße"),
        ("=?utf-8?B?R3LD?= =?utf-8?B?vMOfZQ==?=", "Grüße"),
        ("=?utf-8?B?R3LDvMOfZQ?=", "Grüße"),
        ("=?ISO-8859-1?Q?Gr=FC=DFe aus_K=F6ln?=", "Grüße aus Köln"),
        ('Re: "=?utf-8?Q?Tor?=" offen', 'Re: "Tor" offen'),
        ("=?no-such?Q?Tor?=", "Tor"),
        ("=?utf-8?X?Tor?=", "=?utf-8?X?Tor?="),
        ("A\r\n folded\r\n\tone", "A folded one"),
    ],
)
def test_subjects_are_readable_however_encoded(written: str, subject: str) -> None:
    assert read_mail(mail("x", Subject=written)).subject == subject


def test_bare_bytes_in_a_header_are_read_in_the_charset_of_the_text() -> None:
    raw = mail(b"x", "Content-Type: text/plain; charset=koi8-r", Subject="@@").replace(b"@@", "Ворота".encode("koi8-r"))
    assert read_mail(raw).subject == "Ворота"
    assert read_mail(mail("x", Subject="Tür")).subject == "Tür"


@pytest.mark.parametrize(
    ("written", "sender"),
    [
        ('"Park, Ada" <ada@north.example>', Address("Park, Ada", "ada@north.example")),
        ("=?utf-8?Q?Park=2C_Ada?= <ada@NORTH.example>", Address("Park, Ada", "ada@north.example")),
        ("ada@north.example (Ada)", Address("Ada", "ada@north.example")),
        ("Ada of North <ada@north.example", Address("Ada of North", "ada@north.example")),
        ("boss@bank.example <thief@evil.example>", Address("boss@bank.example", "thief@evil.example")),
        ('"boss@bank.example" <thief@evil.example>', Address("boss@bank.example", "thief@evil.example")),
        ('"ada park"@north.example', Address("", '"ada park"@north.example')),
        ("MAILER-DAEMON", Address("MAILER-DAEMON", "")),
        ("Mail Delivery <MAILER-DAEMON>", Address("Mail Delivery", "")),
        ("MAILER-DAEMON <>", Address("MAILER-DAEMON", "")),
    ],
)
def test_the_sender_is_the_address_and_never_a_name_that_looks_like_one(written: str, sender: Address) -> None:
    assert read_mail(mail("x", From=written)).sender == sender


def test_several_senders_and_hidden_recipients_are_told_or_left_out() -> None:
    read = read_mail(mail("x", From="a@x.example, b@x.example", To="undisclosed-recipients:;"))
    assert "several_senders" in read.faults
    assert read.to == ()


@pytest.mark.parametrize("date", ["", "yesterday", "Wed, 30 Jun 3609 09:33:50 +0000", "Tue, 99 Mar 2026 09:00 +0000"])
def test_a_date_that_cannot_be_is_none_and_told(date: str) -> None:
    read = read_mail(mail("x", Date=date))
    assert read.sent_at is None
    assert "date" in read.faults


@pytest.mark.parametrize(
    ("text", "charset"),
    [("Grüße €", "utf-8"), ("Grüße €", "cp1252"), ("テスト", "iso-2022-jp"), ("テスト①", "cp932"), ("힣", "cp949")],
)
def test_a_declared_charset_is_read(text: str, charset: str) -> None:
    named = {"cp932": "Shift_JIS", "cp949": "ks_c_5601-1987", "cp1252": "iso-8859-1"}.get(charset, charset)
    read = read_mail(mail(text.encode(charset), f"Content-Type: text/plain; charset={named}"))
    assert (read.text, read.faults) == (text, ())


@pytest.mark.parametrize(
    ("content", "charset", "fault"),
    [
        ("Grüße".encode(), "iso-8859-1", "charset_wrong"),
        ("Grüße".encode(), "us-ascii", "charset_wrong"),
        ("Grüße".encode("cp1252"), "utf-8", "charset_wrong"),
        ("Grüße".encode("cp1252"), "no-such-charset", "charset_unknown"),
        ("Grüße".encode("cp1252"), "base64", "charset_unknown"),
        ("Grüße".encode(), "unicode_escape", "charset_unknown"),
    ],
)
def test_a_wrong_charset_is_told_and_the_text_read_all_the_same(content: bytes, charset: str, fault: str) -> None:
    read = read_mail(mail(content, f"Content-Type: text/plain; charset={charset}"))
    assert read.text == "Grüße"
    assert fault in read.faults


def test_without_a_charset_it_is_utf8_or_else_western() -> None:
    assert text_of("Grüße".encode()) == "Grüße"
    assert text_of("Grüße".encode("cp1252")) == "Grüße"


def test_what_no_database_can_hold_is_taken_out() -> None:
    read = read_mail(mail(b"a\x00b\x1b[2Jc", PLAIN, Subject="x\x00y"))
    assert (read.text, read.subject) == ("ab[2Jc", "xy")


@pytest.mark.parametrize("encoding", ["base64", " Base64 ", '"base64"', "base64; x"])
def test_base64_is_undone(encoding: str) -> None:
    assert text_of(base64.b64encode(b"Hello there"), f"Content-Transfer-Encoding: {encoding}") == "Hello there"


def test_broken_encodings_give_what_can_be_read() -> None:
    def read(body: bytes, encoding: str) -> Mail:
        return read_mail(mail(body, f"Content-Transfer-Encoding: {encoding}"))

    cut = read(base64.b64encode(b"Hello there")[:-3], "base64")
    assert cut.text.startswith("Hello")
    assert "transfer_encoding_broken" in cut.faults
    assert read(b"Not encoded at all, I fear!", "base64").text == "Not encoded at all, I fear!"
    assert read(b"SGVsbG8=\r\nIHlvdQ==", "base64").text == "Hello you"
    assert read(b"a=3Db =ZZ 100=", "quoted-printable").text == "a=b =ZZ 100"
    assert read(b"Hello", "8-bits-please").faults == ("transfer_encoding_unknown",)


def test_flowed_lines_are_joined_and_quotes_keep_their_depth() -> None:
    body = b"A long \r\nline.\r\n> quoted \r\n> on\r\n>> deeper\r\n From the start\r\n-- \r\nAda"
    text = text_of(body, "Content-Type: text/plain; format=flowed")
    assert text == "A long line.\n> quoted on\n>> deeper\nFrom the start\n-- \nAda"
    assert text_of("日本 \r\n語".encode(), "Content-Type: text/plain; format=flowed; delsp=yes") == "日本語"


def test_html_is_read_as_text_without_what_is_not_text() -> None:
    html = (
        "<html><head><title>No</title><style>p{}</style></head><body><p>Hello <b>Ada</b>,</p>"
        "<script>steal()</script><!-- no --><ul><li>one</li><li>two</li></ul><ol><li>first<li>second</ol>"
        '<p>See <a href="https://a.example/x">the page</a> or <a href="https://b.example">https://b.example</a>'
        '<a href="javascript:bad()">!</a></p><p>Bye&nbsp;&amp;<br>thanks</p><img src="cid:logo">'
        '<img alt="smile"></body>'
    )
    text = text_of(html.encode(), HTML)
    assert text == (
        "Hello Ada,\n\n- one\n- two\n\n1. first\n2. second\n\n"
        "See the page (https://a.example/x) or https://b.example!\n\nBye\xa0&\nthanks\n\n[cid:logo][smile]"
    )


def test_quotes_of_html_are_marked_so_that_they_are_known_as_quotes() -> None:
    html = "<div>New</div><div>On 3 May 2026, Desk &lt;d@a.example&gt; wrote:<br><blockquote>Old<br>older</blockquote>"
    read = read_mail(mail(html, HTML))
    assert "> Old\n> older" in read.text
    assert read.reply == "New"


@pytest.mark.parametrize(
    "mark",
    ["<!--", "<!", "<![", "<a ", "</", "<?", "<a b='", "&", "<div>", "<blockquote>", "<a href=x>y<br>", "<b>x</b>"],
)
@pytest.mark.timeout(120)
def test_no_html_takes_forever(mark: str) -> None:
    assert read_mail(mail("Hello" + mark * 200_000, HTML)).sender.email


def test_html_says_its_charset_itself_where_the_mail_does_not() -> None:
    html = '<meta charset="windows-1251"><p>Ворота</p>'.encode("cp1251")
    assert text_of(html, "Content-Type: text/html") == "Ворота"


def test_plain_text_is_preferred_to_html_unless_it_says_nothing() -> None:
    both = parts("alternative", [part(b"plain", PLAIN), part(b"<p>html</p>", HTML)])
    empty = parts("alternative", [part(b" \r\n", PLAIN), part(b"<p>html</p>", HTML)])
    assert text_of(both[1], both[0]) == "plain"
    assert text_of(empty[1], empty[0]) == "html"


def test_files_come_with_names_ids_and_content() -> None:
    picture = part(base64.b64encode(b"\x89PNG"), "Content-Type: image/png; name=a.png", "Content-ID: <Logo@x>")
    related = parts("related", [part(b'<img src="cid:Logo@x">', HTML), picture + b"\r\n"], "inner")
    pdf = part(
        b"%PDF",
        "Content-Type: application/pdf",
        "Content-Disposition: attachment; filename*=utf-8''Gr%C3%B6%C3%9Fe.pdf",
    )
    body = parts("mixed", [part(related[1], related[0]), pdf, part(b"note", PLAIN)])
    read = read_mail(mail(body[1].replace(b"Content-ID", b"Content-Transfer-Encoding: base64\r\nContent-ID"), body[0]))
    first, second = read.files
    assert (first.name, first.media_type, first.content, first.content_id) == (
        "a.png",
        "image/png",
        b"\x89PNG",
        "Logo@x",
    )
    assert first.inline
    assert (second.name, second.content, second.inline) == ("Größe.pdf", b"%PDF", False)
    assert read.text == "[cid:Logo@x]\n\nnote"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("../../etc/passwd", "etc_passwd"),
        ("C:\\\\x\\\\y.exe", "C_x_y.exe"),
        ("invoice\u202efdp.exe", "invoice_fdp.exe"),
        ("=?utf-8?B?R3LDvMOfZQ==?=.txt", "Grüße.txt"),
        ("x" * 400 + ".pdf", "x" * 150 + ".pdf"),
    ],
)
def test_names_of_files_deceive_nobody(written: str, name: str) -> None:
    body = parts(
        "mixed", [part(b"x", "Content-Type: application/x", f'Content-Disposition: attachment; filename="{written}"')]
    )
    assert read_mail(mail(body[1], body[0])).files[0].name == name


def test_a_text_with_a_name_is_a_file_unless_it_is_all_there_is() -> None:
    named = part(b"note", "Content-Type: text/plain; name=note.txt")
    body = parts("mixed", [part(b"Hello", PLAIN), named])
    assert read_mail(mail(body[1], body[0])).text == "Hello"
    assert [file.name for file in read_mail(mail(body[1], body[0])).files] == ["note.txt"]
    assert read_mail(mail("note", "Content-Type: text/plain; name=note.txt")).text == "note"


def test_a_mail_in_a_mail_stays_whole_as_a_file() -> None:
    inner = mail("Inner text", Subject="Inner: one")
    body = parts("mixed", [part(b"See below", PLAIN), part(inner, "Content-Type: message/rfc822")])
    read = read_mail(mail(body[1], body[0]))
    assert read.text == "See below"
    assert [(file.name, file.media_type) for file in read.files] == [("Inner_ one.eml", "message/rfc822")]
    assert read_mail(read.files[0].content).text == "Inner text"


def test_outlooks_parcel_is_kept_and_told() -> None:
    body = parts("mixed", [part(b"x", PLAIN), part(b"TNEF", "Content-Type: application/ms-tnef; name=winmail.dat")])
    read = read_mail(mail(body[1], body[0]))
    assert [file.name for file in read.files] == ["winmail.dat"]
    assert read.faults == ("winmail",)


def test_a_boundary_that_never_comes_loses_no_text() -> None:
    read = read_mail(mail("It is all here", "Content-Type: multipart/mixed; boundary=nowhere"))
    assert read.text == "It is all here"
    assert read.faults == ("boundary_broken",)


def test_a_line_in_the_head_that_is_no_field_hides_nothing() -> None:
    raw = mail("Hello", "Content-Type: text/plain").replace(b"Subject:", b"oh dear\r\nSubject :")
    read = read_mail(raw)
    assert (read.subject, read.text, read.faults) == ("The gate does not open", "Hello", ("head_broken",))


@pytest.mark.timeout(120)
def test_a_mail_that_asks_for_a_million_parts_is_read_as_its_head() -> None:
    line, _body = parts("mixed", [])
    read = read_mail(mail(b"--edge\n" * 300_000, line))
    assert read.subject == "The gate does not open"
    assert "too_many_parts" in read.faults


@pytest.mark.timeout(120)
def test_a_mail_nested_without_end_is_read_as_far_as_it_goes() -> None:
    nested = "Content-Type: message/rfc822\r\n\r\n" * 3_000
    read = read_mail(mail(nested, "Content-Type: message/rfc822"))
    assert read.sender.email == "ada@north.example"
    assert read.faults


@pytest.mark.timeout(120)
def test_endless_text_is_cut_and_told() -> None:
    read = read_mail(mail("wrote: On 3 May\n" * 200_000, PLAIN))
    assert len(read.text) <= 1_000_000
    assert "text_cut" in read.faults


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "value",
    [
        " " * 9_000 + "x",
        "\xff, " * 4_000,
        "=?utf-8?q?" * 2_000,
        "(" * 9_000,
        '"' + '\\"' * 4_000,
        "<a@" * 4_000,
        "@" * 9_000,
    ],
)
@pytest.mark.parametrize(
    "name", ["From", "To", "Subject", "References", "Date", "Authentication-Results", "Content-Type"]
)
def test_no_head_takes_forever(name: str, value: str) -> None:
    raw = mail("x", *[f"{name}: mx.example; {value}"] * 50).replace(b"\xc3\xbf", b"\xff")
    assert read_mail(raw, authserv_id="mx.example").subject is not None


def test_ticket_numbers_are_those_of_the_prefix_ascending_and_once() -> None:
    subject = "Re: [#T-20] and T-3, t-20; not XT-4, T-5a or 2-T-6"
    assert read_mail(mail("x", Subject=subject)).ticket_numbers == (3, 20)
    assert read_mail(mail("x", Subject="Re: [#HELP-7]"), prefix="HELP").ticket_numbers == (7,)
