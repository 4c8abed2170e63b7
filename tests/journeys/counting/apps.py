from django.apps import AppConfig


class CountingConfig(AppConfig):
    name = "tests.journeys.counting"
    label = "counting"

    def ready(self) -> None:
        from allonce.kernel.legal.marketing.cookies import Kept, register_cookie

        says = "Counts how often this device comes back."
        register_cookie(Kept("visit_counter", says, "One month", "analytics"))
