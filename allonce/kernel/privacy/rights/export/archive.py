"""The archive: pages to read, JSON and CSV for machines, the reasons, files, and what could not be read."""

import csv
import json
from collections.abc import Iterator
from dataclasses import asdict
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import puremagic
from django.conf import settings
from django.template.loader import render_to_string

from allonce.kernel import audit
from allonce.kernel.accounts import tenancy
from allonce.kernel.accounts.activity import FORMULA_STARTS
from allonce.kernel.accounts.models import Person
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.privacy import ports
from allonce.kernel.privacy.rights.export.records import UNREADABLE, Problem, Table, tables_of
from allonce.kernel.privacy.rights.queries import Seen, who_looked
from allonce.kernel.vault import Scope, files

SAMPLE = 4096


def take(person: Person, *, actor: Actor) -> bytes:
    """The person's copy; that it was taken is audited."""
    made = of_person(person)
    audit.record("rights.exported", actor=actor, target=f"accounts.Person:{person.id}")
    return made


def of_person(person: Person) -> bytes:
    """A zip archive of everything held of this person, made in memory: nothing readable touches the disk."""
    made = BytesIO()
    with tenancy.across_accounts(), ZipFile(made, "w", ZIP_DEFLATED) as packed:
        _Packing(person, packed).fill()
    return made.getvalue()


class _Packing:
    """One archive being filled; tables go in one after the other, so that only one is in memory at a time."""

    def __init__(self, person: Person, packed: ZipFile) -> None:
        self.person = person
        self.scope = Scope("person", person.id)
        self.packed = packed
        self.problems: list[Problem] = []
        self.overview: list[dict[str, Any]] = []
        self.reasons: dict[str, list[dict[str, Any]]] = {}
        self.portable: dict[str, list[dict[str, Any]]] = {}

    def fill(self) -> None:
        for table in tables_of(self.scope):
            self._add_table(table)
        files_in = list(self._add_files())
        looks = who_looked(self.person.id)
        self._json("reasons.json", self.reasons)
        self._json("portable.json", {"made_at": now().isoformat(), "tables": self.portable})
        self._json("looks.json", [_look(each) for each in looks])
        self._json("problems.json", [asdict(problem) for problem in self.problems])
        self._page("index.html", "index", tables=self.overview, files=files_in, looks=looks, problems=self.problems)

    def _add_table(self, table: Table) -> None:
        self.problems += table.problems
        self.reasons[table.label] = [reason.as_json() for reason in table.reasons]
        about = {name: getattr(table, name) for name in ("label", "words", "service", "total", "reasons")}
        self.overview.append(about | {"has_records": bool(table.records)})
        if not table.records:
            return
        self._json(f"data/{table.label}.json", table.records)
        self._text(f"data/{table.label}.csv", _csv(table))
        self._page(f"data/{table.label}.html", "table", table=table, rows=list(table.cells()))
        given = [reason.field for reason in table.reasons if reason.portable]
        if given:
            self.portable[table.label] = [{name: record[name] for name in given} for record in table.records]

    def _add_files(self) -> Iterator[str]:
        for stem in files.stored(self.scope):
            try:
                content = b"".join(files.stream_stored(self.scope, stem))
            except (*UNREADABLE, OSError):
                self.problems.append(Problem("files", stem[:12], ""))
                continue
            name = f"files/{stem[:12]}{_extension(content)}"
            self.packed.writestr(name, content)
            yield name
        for own in ports.own_files(self.person.id):
            try:
                self.packed.writestr(f"files/{own.name}", own.read())
            except (*UNREADABLE, OSError):
                self.problems.append(Problem("files", own.name, ""))
                continue
            yield f"files/{own.name}"

    def _json(self, name: str, value: Any) -> None:
        self._text(name, json.dumps(value, ensure_ascii=False, indent=1))

    def _page(self, name: str, template: str, **shown: Any) -> None:
        about = {"person": self.person, "made_at": now(), "operator": settings.OPERATOR_NAME}
        self._text(name, render_to_string(f"rights/archive/{template}.html", about | shown))

    def _text(self, name: str, text: str) -> None:
        self.packed.writestr(name, text.encode())


def _csv(table: Table) -> str:
    """What spreadsheets would run as a formula is quoted away."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(table.columns)
    for row in table.cells():
        writer.writerow([f"'{cell}" if str(cell).startswith(FORMULA_STARTS) else cell for cell in row])
    return out.getvalue()


def _look(seen: Seen) -> dict[str, Any]:
    return {"at": seen.at.isoformat(), "who": seen.who, "what": seen.what, "why": seen.why}


def _extension(content: bytes) -> str:
    try:
        return str(puremagic.from_string(content[:SAMPLE]))
    except (puremagic.PureError, ValueError):
        return ".bin"
