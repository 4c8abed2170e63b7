import json
import re
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from allonce.project.licences import installed
from allonce.project.licences.recognise import agree, licence_of_text, licences_claimed

MIT = """MIT License

Permission is hereby granted, free of charge, to any person, to deal in the Software without restriction"""
GPL = "GNU GENERAL PUBLIC LICENSE\nVersion 3, 29 June 2007"


@pytest.fixture(autouse=True)
def _read_afresh() -> Iterator[None]:
    installed.packages.cache_clear()
    yield
    installed.packages.cache_clear()


def install(folder: Path, name: str, says: str, text: str) -> None:
    info = folder / f"{name}-1.2.3.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2.3\nLicense: {says}\n")
    (info / "LICENSE").write_text(text)
    (info / "RECORD").write_text(f"{info.name}/METADATA,,\n{info.name}/LICENSE,,\n{info.name}/RECORD,,\n")


def cells(page: str, name: str) -> list[str]:
    """The words in a package's row of the page's table."""
    row = next(each for each in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL) if f">{name}<" in each)
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<(?:td|th).*?</(?:td|th)>", row, re.DOTALL)]


@pytest.mark.promise("LEGAL-LICENCES")
@pytest.mark.django_db
def test_every_installed_distribution_stands_on_the_page_with_its_version(client: Client) -> None:
    page = client.get("/licences/").content.decode()
    for distribution in distributions():
        name = distribution.metadata["Name"]
        if name and name != "allonce":
            version, says, found = cells(page, name)[2:5]
            assert version == distribution.version, name
            assert {says, found} != {"\N{EN DASH}"}, name


@pytest.mark.promise("LEGAL-LICENCES")
@pytest.mark.django_db
def test_a_package_whose_file_contradicts_its_metadata_is_flagged(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, "kindly-named", "MIT", GPL)
    install(tmp_path, "honestly-named", "MIT", MIT)
    monkeypatch.syspath_prepend(str(tmp_path))
    states = {package.name: package.state for package in installed.packages()}
    assert (states["kindly-named"], states["honestly-named"]) == ("disagree", "agree")
    page = client.get("/licences/").content.decode()
    assert cells(page, "kindly-named")[2:] == ["1.2.3", "MIT", "GPL", "Disagree"]
    assert cells(page, "honestly-named")[2:] == ["1.2.3", "MIT", "MIT", "Agree"]


@pytest.mark.promise("LEGAL-LICENCES")
@pytest.mark.django_db
def test_packages_bundled_in_the_front_end_are_listed(client: Client, settings: Settings, tmp_path: Path) -> None:
    built, settings.BUILD_DIR = settings.BUILD_DIR, tmp_path
    bundled = [{"name": "@made/up", "version": "9.8.7", "licence": "ISC", "texts": [["LICENSE", MIT]]}]
    (tmp_path / "licences.json").write_text(json.dumps(bundled))
    installed.packages()
    settings.BUILD_DIR = built
    page = client.get("/licences/").content.decode()
    assert cells(page, "@made/up")[1:] == ["Front end", "9.8.7", "ISC", "MIT", "Disagree"]


@pytest.mark.django_db
def test_the_full_text_of_a_licence_can_be_read(client: Client) -> None:
    assert b"Redistribution and use" in client.get("/licences/python/Django/").content
    assert client.get("/licences/python/no-such-thing/").status_code == 404


@pytest.mark.parametrize(
    ("claimed", "found", "fine"),
    [
        ("BSD", {"BSD-2-Clause"}, True),
        ("MIT OR Apache-2.0", {"MIT"}, True),
        ("MIT", {"AGPL-3.0"}, False),
        ("MIT", {"MIT", "GPL"}, False),
        ("Apache Software License", {"MIT"}, False),
    ],
)
def test_claims_are_held_against_what_the_files_hold(claimed: str, found: set[str], fine: bool) -> None:
    assert agree(licences_claimed(claimed), frozenset(found)) is fine


def test_a_text_that_is_no_licence_is_not_taken_for_one() -> None:
    assert licence_of_text("Thanks to everybody who helped.") == ""
    assert licence_of_text(GPL) == "GPL"
