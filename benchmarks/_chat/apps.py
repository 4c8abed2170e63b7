from django.apps import AppConfig


class BenchChatConfig(AppConfig):
    name = "benchmarks._chat"
    label = "bench_chat"

    def ready(self) -> None:
        from allonce.kernel.messaging import register_kind
        from benchmarks._chat.kind import BenchStreams

        register_kind(BenchStreams())
