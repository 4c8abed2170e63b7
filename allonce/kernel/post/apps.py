from typing import Any

from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "allonce.kernel.post"
    label = "post"

    def ready(self) -> None:
        from anymail.signals import AnymailTrackingEvent, tracking

        from allonce.kernel.post import delivering, events
        from allonce.kernel.post.ports import register_delivery_events

        def take(event: AnymailTrackingEvent, esp_name: str, **_others: Any) -> None:
            events.take_report(event, esp_name)

        tracking.connect(take, weak=False, dispatch_uid="post.take_report")
        register_delivery_events(delivering.Deliveries())
