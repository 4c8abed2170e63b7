"""Every named address of Chat: a page that people look at, or why it is none."""

from tests.office.links import Link

MERCHANT: dict[str, str | Link] = {
    "chat_portal:overview": "/chat/",
    "chat_portal:principles": "/chat/principles/",
    "chat_portal:leads": "/chat/leads/",
    "chat_portal:lead": ("/chat/leads/", "tbody a[href^='/chat/leads/']"),
    "chat_portal:deliveries": "/chat/deliveries/",
    "chat_portal:consumers": "/chat/consumers/",
    "chat_portal:consumer": ("/chat/consumers/", "tbody a[href^='/chat/consumers/']"),
    "chat_portal:placements": "/chat/placements/",
    "chat_portal:placement_new": "/chat/placements/new/",
    "chat_portal:placement": ("/chat/placements/", "main a[href^='/chat/placements/']:not([href$='/new/'])"),
    "chat_portal:agents": "/chat/agents/",
    "chat_portal:agent": ("/chat/agents/", "main a[href^='/chat/agents/']:not([href$='/invite/'])"),
    "chat_portal:agent_hours": ("/chat/agents/", "main a[href^='/chat/agents/'][href$='/hours/']"),
    "chat_portal:department_hours": ("/chat/agents/", "main a[href^='/chat/departments/'][href$='/hours/']"),
    "chat_portal:department_new": "/chat/departments/new/",
    "chat_portal:answer_new": "/chat/answers/new/",
    "chat_portal:settings": "/chat/settings/",
    "chat_portal:connections": "/chat/settings/connections/",
    "chat_provisioning:providers": "/chat/providers/",
    "chat_reports:report": "/chat/reports/",
}
PROVIDER: dict[str, str | Link] = {
    "chat_provisioning:merchants": "/chat/merchants/",
    "chat_provisioning:table": "/chat/merchants/table/",
    "chat_provisioning:profile_new": "/chat/profiles/new/",
}
NOT_PAGES: dict[str, str] = {
    "chat:inbox": "the agents' console, held against the rules in tests/console",
    "chat:frame": "the widget, held against the rules in tests/chat_widget",
    "chat:open": "the widget, held against the rules in tests/chat_widget",
    "chat:loader": "a script for foreign pages",
    "chat:service_worker": "a script of the console",
    "chat:manifest": "a file of the console",
    "chat:agent_picture": "a picture",
    "chat:api_agent_picture": "a picture",
    "chat:api_file_content": "a picture",
    "chat:file_content": "a picture",
    "chat_portal:logo_file": "a picture",
    "chat_portal:leads_csv": "a file to keep",
    "chat_portal:consumer_copy": "a file to keep",
    "chat_reports:report_csv": "a file to keep",
    "chat_reports:talks_csv": "a file to keep",
    "chat_portal:placement_preview": "part of chat_portal:placement",
    "chat_portal:settings_part": "a part of chat_portal:settings that was refused",
    "chat_portal:department": "the same form as chat_portal:department_new",
    "chat_portal:answer": "the same form as chat_portal:answer_new",
    "chat_provisioning:profile": "the same form as chat_provisioning:profile_new",
    "post_sms:sms_webhook": "called by gateways",
} | {
    f"chat:{name}": "JSON"
    for name in (
        *("start", "resume", "offline", "contact", "end", "rate", "stop", "file"),
        *("api_snapshot", "api_conversations", "api_conversation", "api_presence", "api_push", "api_file"),
        *("api_canned", "api_translate", "api_accept", "api_decline", "api_forward", "api_close", "api_reopen"),
        *("api_tag", "api_hot", "api_disposition", "api_note", "api_mail", "api_consumer", "api_block"),
    )
}
ONLY_TAKES_A_PRESS = {
    "chat_leads:text",
    "chat_portal:agent_add",
    "chat_portal:agent_hide",
    "chat_portal:agent_invite",
    "chat_portal:agent_picture",
    "chat_portal:answer_delete",
    "chat_portal:call_outcome",
    "chat_portal:consumer_allow",
    "chat_portal:consumer_delete",
    "chat_portal:consumer_stop",
    "chat_portal:department_delete",
    "chat_portal:endpoint_new",
    "chat_portal:endpoint_ping",
    "chat_portal:endpoint_remove",
    "chat_portal:endpoint_secret",
    "chat_portal:key_new",
    "chat_portal:key_revoke",
    "chat_portal:lead_call",
    "chat_portal:lead_consent",
    "chat_portal:lead_merge",
    "chat_portal:lead_note",
    "chat_portal:lead_part",
    "chat_portal:lead_state",
    "chat_portal:lead_text",
    "chat_portal:lead_write",
    "chat_portal:logo",
    "chat_portal:placement_hide",
    "chat_portal:placement_show",
    "chat_portal:replay",
    "chat_portal:webhook_replay",
    "chat_provisioning:leave",
    "chat_provisioning:merchant_hidden",
    "chat_provisioning:offer_answer",
    "chat_provisioning:profile_delete",
    "chat_provisioning:table_apply",
}


def listed_names() -> set[str]:
    """All names of Chat that this file knows."""
    return {*MERCHANT, *PROVIDER, *NOT_PAGES, *ONLY_TAKES_A_PRESS}
