from django.apps import AppConfig


class ProbeConfig(AppConfig):
    name = "tests.probe"
    label = "probe"

    def ready(self) -> None:
        from allonce.kernel.messaging import register_kind
        from tests.probe.streams import probe_streams

        register_kind(probe_streams)
