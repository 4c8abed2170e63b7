from django.apps import AppConfig


class SmsConfig(AppConfig):
    name = "allonce.kernel.post.sms"
    label = "post_sms"
    verbose_name = "Text messages"

    def ready(self) -> None:
        from allonce.kernel.post.ports import register_connectors
        from allonce.kernel.post.sms.gateway import configured

        def in_use() -> list[str]:
            gateway = configured()
            return [gateway.connector] if gateway else []

        register_connectors(in_use)
