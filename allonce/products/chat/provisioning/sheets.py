"""A table of businesses, read line by line: what each would do, or what is wrong with it and where."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel.accounts import tenancy
from allonce.kernel.accounts.models import Account
from allonce.kernel.audit import Actor
from allonce.kernel.errors import UserError
from allonce.products.chat.models import ChatClient, ProviderMerchant
from allonce.products.chat.provisioning.models import Profile
from allonce.products.chat.provisioning.services import Done, Wanted, put

COLUMNS = ("id", "name", "email", "zone", "profile", "hidden")
NEEDED = ("id", "name", "email")
MOST_BYTES, MOST_LINES = 2_000_000, 2000
YES = frozenset({"yes", "true", "1", "x", "y"})
NO = frozenset({"", "no", "false", "0", "n"})


class UnreadableTable(UserError):
    """It is no table of businesses; the message says what is missing."""

    code = "unreadable_table"
    status = 422


class TableHasFaults(UserError):
    """Nothing is taken over while a line is wrong."""

    code = "table_has_faults"
    status = 422
    message = gettext_lazy("Some lines are wrong, so nothing was taken over. Mend them and upload the table again.")


@dataclass(frozen=True)
class Line:
    """One line of the table; `number` as spreadsheets count. `faults` are by column, none if it is good."""

    number: int
    wanted: Wanted
    does: str
    faults: dict[str, str] = field(default_factory=dict)


def read(provider: ChatClient, text: str) -> list[Line]:
    """Every line with what it would do. Changes nothing. Raises UnreadableTable."""
    rows = list(_rows(text))
    numbers = [row.get("id", "").strip() for _number, row in rows]
    doubled = {each for each in numbers if each and numbers.count(each) > 1} if len(numbers) < MOST_LINES else set()
    known = set(ProviderMerchant.objects.filter(account_id=provider.account_id).values_list("external_id", flat=True))
    profiles = {title.casefold() for title in _titles(provider)}
    return [_line(number, row, doubled, known, profiles) for number, row in rows]


def apply(provider: ChatClient, text: str, *, actor: Actor) -> list[Done]:
    """Take the whole table over, or nothing of it. Raises UnreadableTable, TableHasFaults, UnfitMerchant or TooMany."""
    lines = read(provider, text)
    if any(line.faults for line in lines):
        raise TableHasFaults
    with transaction.atomic():
        return [put(provider, line.wanted, actor=actor) for line in lines]


def decoded(data: bytes) -> str:
    """The text of an uploaded file: UTF-8, or what older spreadsheets write. Raises UnreadableTable."""
    if len(data) > MOST_BYTES:
        raise UnreadableTable(_("The table is too large. Split it into parts of at most 2,000 lines."))
    if b"\x00" in data:
        raise UnreadableTable(_("This is no CSV file. Save the table as CSV in UTF-8."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _titles(provider: ChatClient) -> list[str]:
    return list(Profile.objects.filter(account_id=provider.account_id).values_list("title", flat=True))


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff").strip()), delimiter=separator)
    try:
        heads = [each.strip().casefold() for each in next(reader, [])]
        _check_heads(heads)
        count = 0
        for cells in reader:
            if any(each.strip() for each in cells):
                count += 1
                if count > MOST_LINES:
                    raise UnreadableTable(_("The table is too large. Split it into parts of at most 2,000 lines."))
                yield reader.line_num, dict(zip(heads, [*cells, *[""] * len(heads)], strict=False))
    except csv.Error as error:
        raise UnreadableTable(
            _("Line %d cannot be read. Look for a quote that is never closed.") % reader.line_num
        ) from error


def _check_heads(heads: list[str]) -> None:
    missing = [each for each in NEEDED if each not in heads]
    unknown = [each for each in heads if each and each not in COLUMNS]
    if missing:
        raise UnreadableTable(
            _("The first line names the columns. Missing: %(missing)s. Known are: %(known)s.")
            % {"missing": ", ".join(missing), "known": ", ".join(COLUMNS)}
        )
    if unknown:
        raise UnreadableTable(
            _("Nobody knows the column %(name)s. Known are: %(known)s.")
            % {"name": unknown[0][:40], "known": ", ".join(COLUMNS)}
        )


def _line(number: int, row: dict[str, str], doubled: set[str], known: set[str], profiles: set[str]) -> Line:
    given = {name: row.get(name, "").strip() for name in COLUMNS}
    wanted = Wanted(
        given["id"], given["name"], given["email"], given["zone"], given["profile"], given["hidden"].casefold() in YES
    )
    faults = dict(faults_of(wanted, profiles))
    if given["id"] in doubled:
        faults["id"] = _("This number stands in two lines.")
    if given["hidden"].casefold() not in YES | NO:
        faults["hidden"] = _("Write yes or no.")
    does = "change" if wanted.external_id in known else "invite"
    if not faults and does == "invite":
        with tenancy.across_accounts():
            does = "ask" if Account.objects.with_email(wanted.email) else "invite"
    return Line(number, wanted, does, faults)


def faults_of(wanted: Wanted, profiles: set[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with a business as it is named, by column."""
    if not 1 <= len(wanted.external_id) <= 80 or "/" in wanted.external_id:
        yield "id", _("Give your own number of the business, at most 80 characters and without a slash.")
    if not 1 <= len(wanted.name) <= 120:
        yield "name", _("Give the name of the business, at most 120 characters.")
    try:
        validate_email(wanted.email)
    except ValidationError:
        yield "email", _("Give the address of its primary contact, as in ada@example.com.")
    if wanted.zone and wanted.zone not in available_timezones():
        yield "zone", _("Give a time zone such as Europe/London, or nothing.")
    if wanted.profile and wanted.profile.casefold() not in profiles:
        yield "profile", _("There is no profile of this name.")
