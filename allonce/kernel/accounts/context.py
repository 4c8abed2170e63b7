from typing import Any

from django.http import HttpRequest

from allonce.kernel.accounts.models import Account


def signed_in(request: HttpRequest) -> dict[str, Any]:
    """For templates: the `shell` to stand in, `access` behind @office, `staff` at the Operator's console."""
    access = getattr(request, "access", None)
    staff = getattr(request, "staff", None)
    operator = staff is not None or (access is not None and access.account.kind == Account.Kind.OPERATOR)
    return {
        "access": access,
        "staff": staff,
        "shell": "operator/shell.html" if operator else "office.html",
        "sign_in_session": getattr(request, "sign_in_session", None),
    }
