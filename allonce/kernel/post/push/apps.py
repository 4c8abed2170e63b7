from django.apps import AppConfig


class PushConfig(AppConfig):
    name = "allonce.kernel.post.push"
    label = "post_push"
    verbose_name = "Browser push"

    def ready(self) -> None:
        from allonce.kernel.post.ports import register_connectors
        from allonce.kernel.post.push.services import connectors_in_use

        register_connectors(connectors_in_use)
