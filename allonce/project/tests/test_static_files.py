"""Static files, as an asynchronous server sends them."""

from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from allonce.project.static_files import StaticFilesMiddleware

WORDS = b"body { color: teal }"


@pytest.fixture
def styled(tmp_path: Path, settings: Settings) -> StaticFilesMiddleware:
    (tmp_path / "style.css").write_bytes(WORDS)
    settings.STATICFILES_DIRS = [tmp_path]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    made = StaticFilesMiddleware(lambda _request: HttpResponse(status=404))
    made.add_file_to_dictionary("/static/style.css", str(tmp_path / "style.css"))
    return made


def test_a_static_file_is_streamed_with_a_warning_in_the_log(styled: StaticFilesMiddleware) -> None:
    answer = styled(RequestFactory().get("/static/style.css"))
    assert not answer.streaming
    assert answer.content == WORDS
    assert answer["Content-Length"] == str(len(WORDS))
    assert answer["Content-Type"].startswith("text/css")


def test_a_part_a_head_or_a_known_file_is_answered_in_full(styled: StaticFilesMiddleware) -> None:
    part = styled(RequestFactory().get("/static/style.css", headers={"range": "bytes=0-3"}))
    assert (part.status_code, part.content) == (206, WORDS[:4])
    head = styled(RequestFactory().head("/static/style.css"))
    assert (head.status_code, head.content, head["Content-Length"]) == (200, b"", str(len(WORDS)))
    known = styled(RequestFactory().get("/static/style.css", headers={"if-none-match": head["ETag"]}))
    assert (known.status_code, known.content) == (304, b"")
