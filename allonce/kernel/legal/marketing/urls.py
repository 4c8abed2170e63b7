"""Addresses of the marketing room."""

from django.urls import path

from allonce.kernel.legal.marketing.views import choices, console, newsletters, public

app_name = "marketing"

urlpatterns = [
    path("cookies/", public.cookies, name="cookies"),
    path("newsletter/", public.newsletter, name="newsletter"),
    path("newsletter/asked/", public.newsletter_asked, name="newsletter_asked"),
    path("newsletter/leave/", public.leave, name="leave"),
    path("newsletter/yes/<str:token>/", public.confirm, name="confirm"),
    path("unsubscribe/<str:token>/", public.unsubscribe, name="unsubscribe"),
    path("me/consents/", choices.own, name="consents"),
    path("operator/newsletters/", newsletters.everything, name="newsletters"),
    path("operator/newsletters/new/", newsletters.new, name="newsletter_new"),
    path("operator/newsletters/<uuid:newsletter_id>/", newsletters.edit, name="newsletter_edit"),
    path("operator/newsletters/<uuid:newsletter_id>/try/", newsletters.try_it, name="newsletter_try"),
    path("operator/newsletters/<uuid:newsletter_id>/start/", newsletters.start, name="newsletter_start"),
    path("operator/newsletters/<uuid:newsletter_id>/stop/", newsletters.halt, name="newsletter_stop"),
    path("operator/newsletters/<uuid:newsletter_id>/discard/", newsletters.discard, name="newsletter_discard"),
    path("operator/marketing/", console.find, name="find_contact"),
    path("operator/marketing/interests/", console.assess, name="assessments"),
    path("operator/marketing/<uuid:contact_id>/", console.contact, name="contact"),
    path("operator/marketing/<uuid:contact_id>/stop/", console.stop, name="contact_stop"),
    path("operator/marketing/<uuid:contact_id>/allow/", console.allow, name="contact_allow"),
]
