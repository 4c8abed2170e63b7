from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(_request: HttpRequest) -> dict[str, Any]:
    """What every page may show of the installation itself."""
    return {"demo": settings.DEMO, "operator_name": settings.OPERATOR_NAME, "public_url": settings.PUBLIC_URL}
