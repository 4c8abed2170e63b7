from django.urls import URLPattern, path

from allonce.products.chat.portal.views import agents, consumers, hours, leads, overview, placements, public, settings

app_name = "chat_portal"
LEAD = "chat/leads/<uuid:lead_id>"
CONSUMER = "chat/consumers/<uuid:consumer_id>"
PLACEMENT = "chat/placements/<uuid:placement_id>"
AGENT = "chat/agents/<uuid:agent_profile_id>"
ENDPOINT = "chat/settings/connections/endpoints/<uuid:endpoint_id>"

urlpatterns: list[URLPattern] = [
    path("chat/", overview.overview, name="overview"),
    path("chat/principles/", public.principles, name="principles"),
    path("chat/logo/<str:public_id>", public.logo, name="logo_file"),
    path("chat/leads/", leads.leads, name="leads"),
    path("chat/leads/table.csv", leads.leads_csv, name="leads_csv"),
    path(f"{LEAD}/", leads.lead, name="lead"),
    path(f"{LEAD}/state/", leads.state, name="lead_state"),
    path(f"{LEAD}/note/", leads.note, name="lead_note"),
    path(f"{LEAD}/merge/", leads.merge, name="lead_merge"),
    path(f"{LEAD}/part/", leads.part, name="lead_part"),
    path(f"{LEAD}/write/", leads.write, name="lead_write"),
    path(f"{LEAD}/text/", leads.text, name="lead_text"),
    path(f"{LEAD}/consent/", leads.consent, name="lead_consent"),
    path(f"{LEAD}/call/", leads.call, name="lead_call"),
    path("chat/calls/<uuid:call_record_id>/", leads.call_outcome, name="call_outcome"),
    path("chat/deliveries/", leads.deliveries, name="deliveries"),
    path("chat/deliveries/<uuid:delivery_id>/again/", leads.replay, name="replay"),
    path("chat/consumers/", consumers.consumers, name="consumers"),
    path(f"{CONSUMER}/", consumers.consumer, name="consumer"),
    path(f"{CONSUMER}/delete/", consumers.delete, name="consumer_delete"),
    path(f"{CONSUMER}/stop/", consumers.stop, name="consumer_stop"),
    path(f"{CONSUMER}/allow/", consumers.allow, name="consumer_allow"),
    path(f"{CONSUMER}/copy/", consumers.copy, name="consumer_copy"),
    path("chat/placements/", placements.placements, name="placements"),
    path("chat/placements/new/", placements.new, name="placement_new"),
    path("chat/placements/preview/", placements.preview, name="placement_preview"),
    path(f"{PLACEMENT}/", placements.edit, name="placement"),
    path(f"{PLACEMENT}/hide/", placements.hide, name="placement_hide"),
    path(f"{PLACEMENT}/show/", placements.show, name="placement_show"),
    path("chat/agents/", agents.agents, name="agents"),
    path("chat/agents/invite/", agents.invite, name="agent_invite"),
    path("chat/agents/add/<int:membership_id>/", agents.add, name="agent_add"),
    path(f"{AGENT}/", agents.agent, name="agent"),
    path(f"{AGENT}/hours/", hours.agent_hours, name="agent_hours"),
    path(f"{AGENT}/picture/", agents.picture, name="agent_picture"),
    path(f"{AGENT}/hide/", agents.hide, name="agent_hide"),
    path("chat/departments/new/", agents.department, name="department_new"),
    path("chat/departments/<uuid:department_id>/", agents.department, name="department"),
    path("chat/departments/<uuid:department_id>/hours/", hours.department_hours, name="department_hours"),
    path("chat/departments/<uuid:department_id>/delete/", agents.delete_department, name="department_delete"),
    path("chat/answers/new/", agents.answer, name="answer_new"),
    path("chat/answers/<uuid:canned_answer_id>/", agents.answer, name="answer"),
    path("chat/answers/<uuid:canned_answer_id>/delete/", agents.delete_answer, name="answer_delete"),
    path("chat/settings/", settings.settings, name="settings"),
    path("chat/settings/logo/", settings.logo, name="logo"),
    path("chat/settings/part/<slug:part>/", settings.settings, name="settings_part"),
    path("chat/settings/connections/", settings.connections, name="connections"),
    path("chat/settings/connections/endpoints/new/", settings.endpoint_new, name="endpoint_new"),
    path(f"{ENDPOINT}/secret/", settings.endpoint_secret, name="endpoint_secret"),
    path(f"{ENDPOINT}/ping/", settings.endpoint_ping, name="endpoint_ping"),
    path(f"{ENDPOINT}/remove/", settings.endpoint_remove, name="endpoint_remove"),
    path(
        "chat/settings/connections/webhooks/<uuid:delivery_id>/again/", settings.webhook_replay, name="webhook_replay"
    ),
    path("chat/settings/connections/keys/new/", settings.key_new, name="key_new"),
    path("chat/settings/connections/keys/<uuid:api_key_id>/revoke/", settings.key_revoke, name="key_revoke"),
]
