"""Agents: who answers, as visitors see them, and when it rings for them. Departments and prepared answers beside."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allonce.kernel.accounts import queries as account_queries
from allonce.kernel.accounts.models import Membership
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.views.pages import form_page, try_form
from allonce.kernel.errors import NotFound, UserError
from allonce.products.chat.access import ANSWERING
from allonce.products.chat.models import CannedAnswer, Department
from allonce.products.chat.office_doors import WRITING, PortalAccess, portal
from allonce.products.chat.portal import services, weeks
from allonce.products.chat.portal.forms import AgentForm, AnswerForm, DepartmentForm, InviteAgentForm
from allonce.products.chat.queries.presence import crew_of
from allonce.products.chat.services import placing, set_up
from allonce.products.chat.services.joining import first_name

PLAIN = ("name", "mobile", "routing", "limit", "hot_leads")


@require_GET
@portal(kind="merchant")
def agents(request: HttpRequest, by: PortalAccess) -> HttpResponse:
    return _page(request, by)


@require_POST
@portal("owner", kind="merchant")
def invite(request: HttpRequest, by: PortalAccess) -> HttpResponse:
    form = InviteAgentForm(request.POST)

    def act(given: dict[str, Any]) -> HttpResponse:
        services.invite_agent(by, given["email"])
        messages.success(request, _("The invitation is on its way. Once they have joined, they can answer at once."))
        return redirect("chat_portal:agents")

    return try_form(form, act) or _page(request, by, invite=form)


@require_POST
@portal(*WRITING, kind="merchant")
def add(request: HttpRequest, by: PortalAccess, membership_id: int) -> HttpResponse:
    """Let somebody who belongs to the account answer visitors."""
    member = Membership.objects.filter(pk=membership_id, account=by.account, role__in=ANSWERING).first()
    if member is None:
        raise NotFound
    made = set_up.add_agent(by.client, member.person_id, first_name(member.person), actor=by.actor)
    messages.success(request, _("They can answer now. Say here how visitors see them."))
    return redirect("chat_portal:agent", made.id)


@require_http_methods(["GET", "POST"])
@portal(*WRITING, kind="merchant")
def agent(request: HttpRequest, by: PortalAccess, agent_profile_id: UUID) -> HttpResponse:
    profile = services.agent_of(by, agent_profile_id)
    departments = Department.objects.filter(account=by.account)
    initial = {name: getattr(profile, name) for name in PLAIN}
    initial["departments"] = list(profile.departments.all())
    form = AgentForm(request.POST or None, initial=initial, departments=departments)

    def act(given: dict[str, Any]) -> HttpResponse:
        with transaction.atomic():
            services.set_departments(by, profile, list(given["departments"]))
            plain = {name: given[name] for name in PLAIN} | {"mobile": given["mobile"] or None}
            set_up.save_agent(profile, plain, actor=by.actor)
        messages.success(request, _("Saved."))
        return redirect("chat_portal:agents")

    about = {
        "profile": profile,
        "client": by.client,
        "has_departments": departments.exists(),
        "works": weeks.in_words(weeks.week_of_shifts(profile.shifts.all())),
    }
    return try_form(form, act) or form_page(request, "chat_portal/agent.html", form, **about)


@require_POST
@portal(*WRITING, kind="merchant")
def picture(request: HttpRequest, by: PortalAccess, agent_profile_id: UUID) -> HttpResponse:
    profile = services.agent_of(by, agent_profile_id)
    given = request.FILES.get("picture")
    if given is None:
        messages.error(request, _("Choose a picture first: JPEG, PNG, WebP or GIF."))
        return redirect("chat_portal:agent", profile.id)
    try:
        set_up.set_picture(profile, given.read(), given.name or "", actor=by.actor)
        messages.success(request, _("The picture is in place."))
    except UserError as error:
        messages.error(request, str(error))
    return redirect("chat_portal:agent", profile.id)


@require_POST
@portal(*WRITING, kind="merchant")
def hide(request: HttpRequest, by: PortalAccess, agent_profile_id: UUID) -> HttpResponse:
    set_up.hide_agent(by.client, services.agent_of(by, agent_profile_id), actor=by.actor)
    messages.success(request, _("They answer no more. What they answered stays. You can add them again below."))
    return redirect("chat_portal:agents")


@require_http_methods(["GET", "POST"])
@portal(*WRITING, kind="merchant")
def department(request: HttpRequest, by: PortalAccess, department_id: UUID | None = None) -> HttpResponse:
    """Make a department, or rename one."""
    found = services.one_of(by, Department, department_id) if department_id else None
    form = DepartmentForm(request.POST or None, initial={"title": found.title if found else ""})

    def act(given: dict[str, Any]) -> HttpResponse:
        placing.save_department(by.client, found, given["title"], found.hours if found else {}, actor=by.actor)
        return redirect("chat_portal:agents")

    heading = _("Rename a department") if found else _("New department")
    return try_form(form, act) or form_page(
        request, "chat_portal/simple.html", form, heading=heading, back="chat_portal:agents"
    )


@require_POST
@portal(*WRITING, kind="merchant")
def delete_department(request: HttpRequest, by: PortalAccess, department_id: UUID) -> HttpResponse:
    services.delete_department(by, department_id)
    messages.success(request, _("The department is gone. Its agents now ring for all visitors."))
    return redirect("chat_portal:agents")


@require_http_methods(["GET", "POST"])
@portal(*WRITING, kind="merchant")
def answer(request: HttpRequest, by: PortalAccess, canned_answer_id: UUID | None = None) -> HttpResponse:
    """Prepare an answer, or change one."""
    found = services.one_of(by, CannedAnswer, canned_answer_id) if canned_answer_id else None
    initial = {name: getattr(found, name) for name in ("shortcut", "title", "text")} if found else {}
    form = AnswerForm(request.POST or None, initial=initial)

    def act(given: dict[str, Any]) -> HttpResponse:
        placing.save_answer(by.client, found, given, actor=by.actor)
        return redirect("chat_portal:agents")

    heading = _("Change a prepared answer") if found else _("New prepared answer")
    return try_form(form, act) or form_page(
        request, "chat_portal/simple.html", form, heading=heading, back="chat_portal:agents"
    )


@require_POST
@portal(*WRITING, kind="merchant")
def delete_answer(request: HttpRequest, by: PortalAccess, canned_answer_id: UUID) -> HttpResponse:
    placing.delete_answer(by.client, canned_answer_id, actor=by.actor)
    messages.success(request, _("The prepared answer is gone."))
    return redirect("chat_portal:agents")


def _page(request: HttpRequest, by: PortalAccess, invite: InviteAgentForm | None = None) -> HttpResponse:
    crew = crew_of(by.client)
    known = {each.person_id for each in crew.agents}
    members = Membership.objects.filter(account=by.account, role__in=ANSWERING).select_related("person")
    about = {
        "client": by.client,
        "agents": [
            (each, crew.presence(each), weeks.in_words(weeks.week_of_shifts(crew.shifts.get(each.id, ()))))
            for each in crew.agents
        ],
        "others": [each for each in members if each.person_id not in known],
        "invited": [each for each in account_queries.open_invitations(by.account.id) if each.role == Role.AGENT],
        "departments": [
            (each, weeks.in_words(weeks.week_of(each.hours))) for each in Department.objects.filter(account=by.account)
        ],
        "answers": CannedAnswer.objects.filter(account=by.account),
        "form": invite or InviteAgentForm(),
        "is_owner": by.office.is_owner,
        "may_write": by.office.role in WRITING and by.office.look is None,
    }
    return render(request, "chat_portal/agents.html", about, status=422 if invite else 200)
