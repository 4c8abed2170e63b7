from pathlib import Path

from allonce.project.management.commands.openapi import openapi_text

SNAPSHOT = Path(__file__).resolve().parents[3] / "docs" / "openapi.json"


def test_the_committed_api_document_is_the_api() -> None:
    assert SNAPSHOT.read_text() == openapi_text(), "the API changed: run `make openapi` and look at the difference"
