"""How the console's addresses are guarded: a signed-in agent, one method each, JSON in and out."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.http.response import HttpResponseNotAllowed

from allonce.kernel.errors import NotFound
from allonce.products.chat.access import AgentAccess, access_agent
from allonce.products.chat.jsonio import View, problems
from allonce.products.chat.models import Conversation

AgentView = Callable[..., HttpResponseBase]


def agent(*methods: str) -> Callable[[AgentView], View]:
    """Pass the view an AgentAccess as second argument; everybody else gets a problem. Django checks the CSRF header."""

    def decorate(view: AgentView) -> View:
        @wraps(view)
        @problems
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            by: AgentAccess = access_agent(request)
            # Before its body is read: what is not theirs is not there, whatever was sent to it.
            named = kwargs.get("conversation_id")
            if named and not Conversation.objects.filter(pk=named, account=by.account).exists():
                raise NotFound
            return view(request, by, *args, **kwargs)

        return guarded

    return decorate
