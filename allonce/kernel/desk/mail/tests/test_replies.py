"""What is new in a mail, as a person would mark it."""

import pytest

from allonce.kernel.desk.mail import reply_of


def test_answers_between_the_quoted_lines_are_kept() -> None:
    text = "On 3 Mar 2026, Desk wrote:\n> Which gate?\nThe left one.\n> Since when?\nSince Monday.\n-- \nAda\nNorth Ltd"
    assert reply_of(text) == "The left one.\nSince Monday."


def test_an_answer_below_the_quote_is_kept() -> None:
    assert reply_of("> Which gate?\n>\n> Desk\n\nThe left one.\n\nAda") == "The left one.\n\nAda"


def test_a_person_who_cites_in_their_own_words_is_not_cut() -> None:
    text = "On 3 May you wrote:\n\nplease restart it.\n\nI did, and it still sticks."
    assert reply_of(text) == text


def test_a_form_with_from_and_to_is_no_quoted_mail() -> None:
    text = "Please move these:\nFrom: London\nTo: Paris\nDate: 3 May 2026\nPieces: 4"
    assert reply_of(text) == text


@pytest.mark.parametrize(
    "subject", ["Fwd: Gate", "FW: Gate", "WG: Tor", "TR: porte", "RV: puerta", "I: cancello", "Doorst: hek"]
)
def test_a_forwarded_mail_stays_with_its_cover_note(subject: str) -> None:
    text = (
        "Can you help him?\n\nFrom: Ben <ben@a.example>\nSent: 3 March 2026 09:15\nTo: Ada\nSubject: Gate\n\nIt sticks."
    )
    assert reply_of(text, subject) == text
    assert reply_of(text, f"Re: {subject}") == "Can you help him?"


@pytest.mark.parametrize(
    "mark",
    [
        "---------- Forwarded message ---------",
        "-------- Weitergeleitete Nachricht --------",
        "Begin forwarded message:",
        "Début du message transféré :",
    ],
)
def test_a_forward_is_known_by_its_mark_too(mark: str) -> None:
    text = f"See below.\n\n{mark}\nFrom: Ben <ben@a.example>\nDate: 3 March 2026\nSubject: Gate\n\nIt sticks.\n\nBen"
    assert reply_of(text, "Gate") == text


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my iPhone",
        "Sent from my Galaxy S24",
        "Get Outlook for iOS<https://aka.ms/x>",
        "Sent from Outlook for Android",
        "Von meinem iPhone gesendet",
        "Envoyé de mon iPhone",
        "Enviado desde mi iPhone",
        "Inviato da iPhone",
        "Verstuurd vanaf mijn iPhone",
    ],
)
def test_a_telephones_own_line_goes(line: str) -> None:
    assert reply_of(f"The left one.\n\n{line}") == "The left one."
    assert reply_of(line) == line


def test_a_sentence_that_begins_like_one_stays() -> None:
    text = "Here it is.\n\nSent from my desk, which is easier than the telephone."
    assert reply_of(text) == text


@pytest.mark.parametrize(
    "banner",
    [
        "CAUTION: This email originated from outside of the organisation. Do not click links.",
        "[EXTERNAL] This message came from outside.",
        "You don't often get email from ada@north.example. Learn why this is important",
        "ACHTUNG: Diese E-Mail stammt von einem externen Absender.",
    ],
)
def test_a_warning_of_the_senders_own_server_goes(banner: str) -> None:
    assert reply_of(f"{banner}\n\nThe left one.") == "The left one."


def test_a_caution_of_the_sender_stays() -> None:
    text = "Caution: the gate is live.\n\nPlease send somebody."
    assert reply_of(text) == text
    assert reply_of("CAUTION: This email originated from outside.") == "CAUTION: This email originated from outside."


def test_dashes_within_a_line_and_short_lists_are_no_signature() -> None:
    text = "It is the left one -- not the right.\n- one\n-- two"
    assert reply_of(text) == text


def test_a_lists_footer_goes() -> None:
    text = "The left one.\n\n_______________________________________________\nGates mailing list\nhttps://a.example/listinfo"
    assert reply_of(text) == "The left one."


def test_a_quote_alone_is_better_than_nothing() -> None:
    assert reply_of("> Which gate?") == "> Which gate?"


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "line", ["On 3 May\n", ">" * 5000 + "\n", "From: a\n", "x wrote:\n", "a" * 390 + ":\n", "CAUTION " * 40 + "\n"]
)
def test_no_text_takes_forever(line: str) -> None:
    assert reply_of(line * (900_000 // len(line)))
