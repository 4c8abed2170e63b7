"""Static files, answered whole: an asynchronous server would have to gather a synchronous stream anyway."""

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile


class StaticFilesMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]  # WhiteNoise ships no types
    """WhiteNoise, without the streaming answer of which Django warns under ASGI; files here are a megabyte at most."""

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        """The file, the part of it that was asked for, or what WhiteNoise answers instead."""
        found = static_file.get_response(request.method, request.META)
        if found.file is None:
            body = b""
        else:
            with found.file as opened:
                body = opened.read()
        answer = HttpResponse(body, status=int(found.status))
        del answer["content-type"]
        for name, value in found.headers:
            answer[name] = value
        return answer
