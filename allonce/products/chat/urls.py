from django.urls import URLPattern, path

from allonce.products.chat.agents import api, pages
from allonce.products.chat.visitor import showing, views

app_name = "chat"
ONE = "chat/api/conversations/<uuid:conversation_id>"

urlpatterns: list[URLPattern] = [
    path("w/<str:key>.js", showing.loader, name="loader"),
    path("w/<str:key>/frame", showing.frame, name="frame"),
    path("w/<str:key>/open", showing.open_page, name="open"),
    path("w/<str:key>/start", views.start, name="start"),
    path("w/<str:key>/resume", views.resume, name="resume"),
    path("w/<str:key>/offline", views.offline, name="offline"),
    path("w/<str:key>/contact", views.contact, name="contact"),
    path("w/<str:key>/end", views.end, name="end"),
    path("w/<str:key>/rate", views.rate, name="rate"),
    path("w/<str:key>/stop", views.stop, name="stop"),
    path("w/<str:key>/file", views.file, name="file"),
    path("w/<str:key>/file/<uuid:file_id>", views.file_content, name="file_content"),
    path("w/<str:key>/agent/<uuid:agent_id>", views.agent_picture, name="agent_picture"),
    path("chat/inbox/", pages.inbox, name="inbox"),
    path("chat/sw.js", pages.service_worker, name="service_worker"),
    path("chat/manifest.webmanifest", pages.manifest, name="manifest"),
    path("chat/api/snapshot", api.snapshot, name="api_snapshot"),
    path("chat/api/presence", api.be_there, name="api_presence"),
    path("chat/api/push", api.push, name="api_push"),
    path("chat/api/file", api.file, name="api_file"),
    path("chat/api/file/<uuid:file_id>", api.file_content, name="api_file_content"),
    path("chat/api/agents/<uuid:agent_id>/picture", api.agent_picture, name="api_agent_picture"),
    path("chat/api/canned", api.canned, name="api_canned"),
    path("chat/api/translate", api.translate, name="api_translate"),
    path("chat/api/conversations", api.conversations, name="api_conversations"),
    path(ONE, api.conversation, name="api_conversation"),
    path(f"{ONE}/accept", api.accept, name="api_accept"),
    path(f"{ONE}/decline", api.decline, name="api_decline"),
    path(f"{ONE}/forward", api.forward, name="api_forward"),
    path(f"{ONE}/close", api.close, name="api_close"),
    path(f"{ONE}/reopen", api.reopen, name="api_reopen"),
    path(f"{ONE}/tag", api.tag, name="api_tag"),
    path(f"{ONE}/hot", api.hot, name="api_hot"),
    path(f"{ONE}/disposition", api.disposition, name="api_disposition"),
    path(f"{ONE}/note", api.note, name="api_note"),
    path(f"{ONE}/mail", api.mail, name="api_mail"),
    path(f"{ONE}/consumer", api.consumer, name="api_consumer"),
    path(f"{ONE}/block", api.block, name="api_block"),
]
