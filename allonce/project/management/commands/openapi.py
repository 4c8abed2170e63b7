"""`allonce openapi`: the device API as an OpenAPI document, for docs/openapi.json and for whoever writes a client."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from allonce.project.api import api


def openapi_text() -> str:
    """The document as it is committed: keys in one order, so that differences are readable."""
    return json.dumps(api.get_openapi_schema(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


class Command(BaseCommand):
    """Prints the document."""

    help = "Print the API's OpenAPI document."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(openapi_text(), ending="")
