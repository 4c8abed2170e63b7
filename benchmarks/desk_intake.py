"""Mails that become tickets a second, encryption on, beside what reading the same mails alone allows."""

import argparse
from email.message import EmailMessage
from statistics import median
from time import perf_counter

from benchmarks import figure
from benchmarks._installation import fresh_installation

MAILS = 300
RUNS = 5
GOAL = 100


def main() -> None:
    """Print the figures of the desk's intake: kept, read, ticket, receipt and notices, all committed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--mails", type=int, default=MAILS)
    parser.add_argument("--runs", type=int, default=RUNS)
    given = parser.parse_args()
    with fresh_installation():
        _run(2, -1)  # what is loaded once is no part of it
        rates = [_run(given.mails, number) for number in range(given.runs)]
        lost = _lost(given.mails * given.runs + 2)
    tickets, reading = (median(each) for each in zip(*rates, strict=True))
    print(f"{given.mails} mails in each of {given.runs} runs; reading alone takes {reading:,.0f} a second")
    figure("desk_new_tickets", tickets, "1/s", f">={GOAL}", tickets >= GOAL)
    figure("desk_share_of_reading", 100 * tickets / reading, "%", ">=0", True)
    figure("desk_lost_or_doubled", lost, "mails", "==0", lost == 0)


def _run(count: int, number: int) -> tuple[float, float]:
    from allonce.kernel.desk.mail import read_mail
    from allonce.kernel.desk.services import intake

    mails = [_mail(number, each) for each in range(count)]
    begun = perf_counter()
    for raw in mails:
        read_mail(raw)
    reading = perf_counter() - begun
    begun = perf_counter()
    kept = [intake.receive(raw) for raw in mails]
    for mail_id in kept:
        assert mail_id is not None
        _read(mail_id)
    return count / (perf_counter() - begun), count / reading


def _read(mail_id: object) -> None:
    from uuid import UUID

    from django.db import transaction

    from allonce.kernel.desk.services import intake

    assert isinstance(mail_id, UUID)
    with transaction.atomic():
        intake.read(mail_id)


def _lost(wanted: int) -> int:
    from allonce.kernel.desk.models import Ticket

    return abs(Ticket.objects.count() - wanted)


def _mail(run: int, number: int) -> bytes:
    made = EmailMessage()
    made["From"], made["To"] = f"Person {number} <p{run}-{number}@post.example>", "support@allonce.example"
    made["Subject"], made["Message-ID"] = f"Problem {number}", f"<{run}.{number}@post.example>"
    made.set_content(f"The screen of desk {number} stays dark.\n" + "It did so last week, too.\n" * 20)
    return made.as_bytes()


if __name__ == "__main__":
    main()
