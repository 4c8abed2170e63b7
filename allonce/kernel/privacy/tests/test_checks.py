"""Nothing is stored without saying what it is: the checks that stop the start."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command

from allonce.kernel.declarations import CATEGORIES, PD, PURPOSES, Category, Purpose, declarations, declare
from allonce.kernel.privacy.checks import check_declarations

LETTER = "probe.Letter"
SEALED = PD(category="content", purpose="service", retention="account_end")


@pytest.fixture(autouse=True)
def _declarations_stay() -> Iterator[None]:
    kept = dict(declarations)
    yield
    declarations.clear()
    declarations.update(kept)


def found() -> set[str]:
    return {str(item.id) for item in check_declarations()}


def change(model: str, **facts: Any) -> None:
    declarations[model] = replace(declarations[model], facts={**declarations[model].facts, **facts})


def test_everything_installed_is_declared() -> None:
    assert check_declarations() == []
    call_command("check", "--fail-level", "ERROR")


@pytest.mark.parametrize("model", [model._meta.label for model in apps.get_models(include_auto_created=True)])
def test_forgetting_any_model_is_found(model: str) -> None:
    del declarations[model]
    assert found() == {"privacy.E001"}


@pytest.mark.promise("PRIV-REGISTER")
def test_forgetting_any_field_is_found() -> None:
    for label, declared in list(declarations.items()):
        for name in declared.facts:
            kept = {key: fact for key, fact in declared.facts.items() if key != name}
            declarations[label] = replace(declared, facts=kept)
            assert "privacy.E002" in found(), f"{label}.{name}"
            declarations[label] = declared


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"ghost": "none"}, "privacy.E003"),
        ({"subject": "perhaps"}, "privacy.E003"),
        ({"subject": replace(SEALED, category="gossip")}, "privacy.E006"),
        ({"subject": replace(SEALED, purpose="curiosity")}, "privacy.E006"),
        ({"subject": replace(SEALED, source="hearsay")}, "privacy.E017"),
        ({"subject": replace(SEALED, recipients=("everybody",))}, "privacy.E015"),
        ({"subject": replace(SEALED, retention="for_ever")}, "privacy.E007"),
        ({"subject": replace(SEALED, erase="null")}, "privacy.E008"),
        ({"subject": "none"}, "privacy.E009"),
        ({"account_id": SEALED}, "privacy.E012"),
    ],
)
def test_a_wrong_fact_is_found(facts: dict[str, Any], code: str) -> None:
    change(LETTER, **facts)
    assert code in found()


def test_an_interest_that_nobody_weighed_and_a_special_category_without_condition_are_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(PURPOSES, "curiosity", Purpose("to know", "legitimate_interest"))
    monkeypatch.setitem(CATEGORIES, "health", Category("how somebody is", special=True))
    assert found() == {"privacy.E014", "privacy.E016"}


def test_a_plain_personal_field_needs_a_reason() -> None:
    change(LETTER, account_id=replace(SEALED, plain_because="an opaque id"))
    assert found() == set()


def test_a_suspicious_name_needs_a_reason() -> None:
    change("jobs.Job", name="none")
    assert found() == {"privacy.E010"}


def test_personal_data_needs_a_subject_and_a_path_that_leads_there() -> None:
    declarations[LETTER] = replace(declarations[LETTER], subject=None)
    assert found() == {"privacy.E004"}
    declarations[LETTER] = replace(declarations[LETTER], subject="nowhere__owner")
    assert found() == {"privacy.E005"}


@pytest.mark.parametrize("since", ["", "nowhere", "person", "person__email"])
def test_a_rule_that_counts_from_a_row_names_its_moment(since: str) -> None:
    declarations["probe.Visit"] = replace(declarations["probe.Visit"], since=since)
    assert found() == {"privacy.E013"}


def test_a_shorter_rule_must_not_take_what_the_law_keeps() -> None:
    change("probe.Invoice", memo=PD(category="content", purpose="service", retention="days_30"))
    assert found() == {"privacy.E013"}


def test_a_declaration_of_nothing_is_found() -> None:
    declare("probe.Gone", subject=None, id="none")
    assert found() == {"privacy.E011"}


@pytest.mark.parametrize("entry", ["allonce.project.asgi", "work"])
def test_neither_server_nor_worker_starts_with_anything_undeclared(entry: str, tmp_path: Path) -> None:
    app = tmp_path / "forgetful"
    app.mkdir()
    (app / "__init__.py").touch()
    (app / "models.py").write_text(
        "from django.db import models\nclass Diary(models.Model):\n    text = models.TextField()\n"
    )
    environment = os.environ | {
        "ALLONCE_EXTRA_APPS": '["forgetful"]',
        "ALLONCE_DATA_DIR": str(tmp_path / "data"),
        "PYTHONPATH": f"{tmp_path}{os.pathsep}{Path.cwd()}",
    }
    command = ["-c", f"import {entry}"] if "." in entry else ["-m", "allonce", entry]
    done = subprocess.run(
        [sys.executable, *command], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == (78 if "." in entry else 1)
    assert "forgetful.Diary" in done.stderr
