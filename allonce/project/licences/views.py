"""The public page of licences."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from allonce.kernel.errors import NotFound
from allonce.project.licences import installed


@require_GET
def everything(request: HttpRequest) -> HttpResponse:
    """All installed packages; those that need a look first."""
    packages = installed.packages()
    doubtful = [each for each in packages if each.state != "agree"]
    about = {
        "packages": packages,
        "disagreeing": [each for each in doubtful if each.state == "disagree"],
        "doubtful": doubtful,
    }
    return render(request, "licences/licences.html", about)


@require_GET
def one(request: HttpRequest, origin: str, name: str) -> HttpResponse:
    """The licence files of one package, in full."""
    package = installed.find(origin, name)
    if package is None:
        raise NotFound
    return render(request, "licences/licence.html", {"package": package})
