from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "allonce.kernel.messaging"
    label = "messaging"

    def ready(self) -> None:
        """Tell other processes of entries, and the promises page what the logs look like now."""
        from allonce.kernel.declarations import register_evidence
        from allonce.kernel.messaging.announcing import listen
        from allonce.kernel.messaging.evidence import logs_whole
        from allonce.kernel.messaging.realtime.bus import publish

        listen(publish)
        register_evidence("CHAT-DELIVERY", logs_whole)
