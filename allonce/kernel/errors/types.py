"""The family of errors that a person may read."""

from typing import Any

from django.utils.translation import gettext_lazy


class UserError(Exception):
    """Something a person can understand and perhaps mend. Subclasses live beside the code that raises them.

    `code` is stable and for programs, `status` is the HTTP status, `message` is translated and free of
    personal data, `fields` tells each wrong input by name.
    """

    code: str = "bad_request"
    status: int = 400
    message: Any = gettext_lazy("That did not work. Please check what you entered and try again.")

    def __init__(self, message: Any = None, *, code: str | None = None, fields: dict[str, str] | None = None) -> None:
        self.message = message if message is not None else type(self).message
        self.code = code or type(self).code
        self.fields = fields or {}
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.message)

    @property
    def headers(self) -> dict[str, str]:
        """Headers that the answer must carry."""
        return {}

    def as_problem(self) -> dict[str, Any]:
        """This error as an RFC 9457 problem; `code` and `fields` are extension members."""
        problem: dict[str, Any] = {
            "type": "about:blank",
            "title": str(self.message),
            "status": self.status,
            "code": self.code,
        }
        if self.fields:
            problem["fields"] = {name: str(text) for name, text in self.fields.items()}
        return problem


class Forbidden(UserError):
    """The person is known and may not do this."""

    code = "forbidden"
    status = 403
    message = gettext_lazy("You are not allowed to do that.")


class NotFound(UserError):
    """Nothing here, or nothing that this person may know of: both look alike."""

    code = "not_found"
    status = 404
    message = gettext_lazy("There is nothing at this address.")


class TooLarge(UserError):
    """The request's body is beyond the cap."""

    code = "too_large"
    status = 413
    message = gettext_lazy("That is too large to send.")


class TooSlow(UserError):
    """The request's body did not arrive in time."""

    code = "too_slow"
    status = 408
    message = gettext_lazy("That took too long to arrive. Please try again where the network is better.")


class TooMany(UserError):
    """A limit was reached; `retry_after` tells in whole seconds when to try again."""

    code = "too_many"
    status = 429
    message = gettext_lazy("Too many tries. Please wait a moment and try again.")

    def __init__(self, retry_after: int, message: Any = None, *, code: str | None = None) -> None:
        super().__init__(message, code=code)
        self.retry_after = max(1, retry_after)

    @property
    def headers(self) -> dict[str, str]:
        return {"Retry-After": str(self.retry_after)}

    def as_problem(self) -> dict[str, Any]:
        return super().as_problem() | {"retry_after": self.retry_after}


class Unavailable(TooMany):
    """Something this needs is down for now; `retry_after` is in whole seconds."""

    code = "unavailable"
    status = 503
    message = gettext_lazy("This is not available for the moment. Please try again soon.")
