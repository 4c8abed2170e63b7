"""The owner's page of backups."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

from asgiref.sync import sync_to_async
from django.contrib import messages
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.decorators import office
from allonce.kernel.accounts.views.pages import try_form
from allonce.kernel.clock import today
from allonce.kernel.errors import UserError
from allonce.project.backup.account import services
from allonce.project.backup.account.forms import RestoreForm, TakeForm
from allonce.project.backup.account.restoring import Restored
from allonce.project.backup.account.sealed import SpoolReader
from allonce.project.backup.account.tables import tables

PIECE = 256 * 1024


@office("owner")
@require_GET
def page(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    """Take a backup now, or restore one while the account is empty."""
    return _page(request, access, TakeForm(), RestoreForm())


@sensitive_post_parameters()
@office("owner")
@require_POST
def take(request: HttpRequest, access: AccountAccess) -> HttpResponseBase:
    form = TakeForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            reader = services.take(access, given["present"], given["file_password"])
            return download(request, reader, encrypted=bool(given["file_password"]))
        except services.TooShort as error:
            form.take(error)
        except UserError as error:
            if error.code != "wrong_password":
                raise
            form.take(error)
    return _page(request, access, form, RestoreForm(), status=422)


@sensitive_post_parameters()
@office("owner")
@require_POST
def restore(request: HttpRequest, access: AccountAccess) -> HttpResponse:
    form = RestoreForm(request.POST, request.FILES)

    def act(given: dict[str, Any]) -> HttpResponse:
        done = services.restore(access, given["present"], given["file"], given["file_password"])
        messages.success(request, _words(done))
        return redirect("account_backup")

    return try_form(form, act) or _page(request, access, TakeForm(), form, status=422)


def _words(done: Restored) -> str:
    people = ngettext("%d colleague is invited.", "%d colleagues are invited.", done.people) % done.people
    keys = "" if done.keys else _("Make new account keys; sealed job files open only under the old account.")
    return " ".join([_("Restored: everything in the file is here."), people, keys]).strip()


def _page(
    request: HttpRequest, access: AccountAccess, form: TakeForm, restore_form: RestoreForm, status: int = 200
) -> HttpResponse:
    counts = [table.rows(access.account.id).exists() for table in tables()]
    about = {"form": form, "restore_form": restore_form, "empty": not any(counts)}
    return render(request, "account_backup/page.html", about, status=status)


def download(request: HttpRequest, reader: SpoolReader, *, encrypted: bool) -> StreamingHttpResponse:
    """The backup as a file, sent piece by piece whatever the server."""
    ending = "allonce-backup" if encrypted else "zip"
    pieces = _pieces_later(reader) if isinstance(request, ASGIRequest) else _pieces(reader)
    answer = StreamingHttpResponse(pieces, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="account-{today().isoformat()}.{ending}"'
    # With its length, a browser notices a download that broke off.
    answer["Content-Length"] = str(reader.size)
    return answer


def _pieces(reader: SpoolReader) -> Iterator[bytes]:
    with reader:
        while piece := reader.read(PIECE):
            yield piece


async def _pieces_later(reader: SpoolReader) -> AsyncIterator[bytes]:
    """The same where the server is asynchronous, which would otherwise gather the whole before it sends."""
    with reader:
        while piece := await sync_to_async(reader.read)(PIECE):
            yield piece
