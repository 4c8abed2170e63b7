from django.urls import path

from allonce.kernel.desk.views import acts, articles, mails, people, public, replies, staff

app_name = "desk"

urlpatterns = [
    path("support/", public.front, name="front"),
    path("support/ask/", public.ask, name="ask"),
    path("support/suggest/", public.suggest, name="suggest"),
    path("support/sent/", public.sent, name="sent"),
    path("support/answers/<slug:slug>/", public.article, name="article"),
    path("support/ticket/<str:token>/", public.own, name="own"),
    path("support/ticket/<str:token>/write/", public.write, name="own_write"),
    path("support/ticket/<str:token>/rate/", public.rate, name="own_rate"),
    path("support/ticket/<str:token>/file/<uuid:file_id>/", public.file, name="own_file"),
    path("me/support/", people.mine, name="mine"),
    path("me/support/new/", people.ask, name="my_new"),
    path("me/support/<uuid:ticket_id>/", people.one, name="my_ticket"),
    path("me/support/<uuid:ticket_id>/write/", people.write, name="my_write"),
    path("me/support/<uuid:ticket_id>/rate/", people.rate, name="my_rate"),
    path("me/support/<uuid:ticket_id>/file/<uuid:file_id>/", people.file, name="my_file"),
    path("account/dispute/", people.dispute, name="dispute"),
    path("operator/desk/", staff.desk, name="desk"),
    path("operator/desk/new/", staff.write_down, name="write_down"),
    path("operator/desk/quiet/", staff.quiet, name="quiet"),
    path("operator/desk/figures/", staff.figures, name="figures"),
    path("operator/desk/mails/", mails.listed, name="mails"),
    path("operator/desk/mails/<uuid:mail_id>/", mails.raw, name="mail"),
    path("operator/desk/answers/", articles.listed, name="articles"),
    path("operator/desk/answers/new/", articles.edit, name="article_new"),
    path("operator/desk/answers/<uuid:article_id>/", articles.edit, name="article_edit"),
    path("operator/desk/replies/", replies.listed, name="replies"),
    path("operator/desk/replies/new/", replies.edit, name="reply_new"),
    path("operator/desk/replies/<uuid:reply_id>/", replies.edit, name="reply_edit"),
    path("operator/desk/replies/<uuid:reply_id>/remove/", replies.remove, name="reply_remove"),
    path("operator/desk/<uuid:ticket_id>/", staff.ticket, name="ticket"),
    path("operator/desk/<uuid:ticket_id>/answer/", acts.answer, name="answer"),
    path("operator/desk/<uuid:ticket_id>/do/<slug:name>/", acts.act, name="act"),
    path("operator/desk/<uuid:ticket_id>/file/<uuid:file_id>/", staff.file, name="file"),
]
