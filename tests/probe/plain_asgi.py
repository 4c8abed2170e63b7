"""Django's own handler, for the negative control: it writes large bodies to a temporary file."""

from django.conf import settings
from django.core.asgi import get_asgi_application

application = get_asgi_application()
settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # Django's default
