"""Answers for everybody, written by the desk."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.decorators import console
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.kernel.desk.forms import ArticleForm
from allonce.kernel.desk.models import Article
from allonce.kernel.desk.services import knowledge
from allonce.kernel.errors import NotFound


@console("support")
@require_GET
def listed(request: HttpRequest, _staff: StaffAccess) -> HttpResponse:
    return render(request, "desk/articles.html", {"articles": Article.objects.order_by("title")})


@console("support")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, staff: StaffAccess, article_id: UUID | None = None) -> HttpResponse:
    """A new answer, or another wording of one."""
    found = Article.objects.filter(pk=article_id).first() if article_id else None
    if article_id and found is None:
        raise NotFound
    shown = {"title": found.title, "text": found.text, "published": bool(found.published_at)} if found else {}
    form = ArticleForm(request.POST or None, initial=shown)

    def act(given: dict[str, Any]) -> HttpResponse:
        knowledge.save(staff, found, **given)
        messages.success(request, _("Saved."))
        return redirect("desk:articles")

    return try_form(form, act) or form_page(request, "desk/article_edit.html", form, article=found)
