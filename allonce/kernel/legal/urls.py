"""Addresses of the legal room: texts for everybody, a person's agreements, the Operator's console."""

from django.urls import path

from allonce.kernel.legal.views import mine, operator, public

app_name = "legal"

urlpatterns = [
    path("legal/", public.library, name="library"),
    path("legal/terms/", public.document, {"slug": "terms"}, name="terms"),
    path("legal/privacy/", public.document, {"slug": "privacy"}, name="privacy"),
    path("legal/cookies/", public.document, {"slug": "cookies"}, name="cookies"),
    path("legal/<slug:slug>/", public.document, name="document"),
    path("legal/<slug:slug>/<int:number>/", public.version, name="version"),
    path("legal/<slug:slug>/<int:before>/<int:after>/", public.differences, name="differences"),
    path("leaving/", public.leaving, name="leaving"),
    path("me/agreements/", mine.agreements, name="agreements"),
    path("me/agreements/agree/", mine.agree, name="agree"),
    path("me/agreements/<slug:slug>/<int:number>/", mine.agree_to_one, name="agree_to_one"),
    path("me/agreements/<slug:slug>/<int:number>/copy.pdf", mine.copy, name="copy"),
    path("operator/legal/", operator.console_page, name="console"),
    path("operator/legal/<slug:slug>/", operator.document, name="console_document"),
    path("operator/legal/<slug:slug>/draft/", operator.draft, name="draft"),
    path("operator/legal/<slug:slug>/publish/", operator.publish, name="publish"),
    path("operator/legal/<slug:slug>/discard/", operator.discard, name="discard"),
]
