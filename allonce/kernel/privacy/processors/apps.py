from django.apps import AppConfig


class ProcessorsConfig(AppConfig):
    name = "allonce.kernel.privacy.processors"
    label = "processors"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from allonce.kernel.accounts.navigation import Entry, register_entry
        from allonce.kernel.accounts.ports import register_action_words
        from allonce.kernel.declarations import register_evidence
        from allonce.kernel.jobs.starting import register_condition
        from allonce.kernel.post.ports import register_processor_gate
        from allonce.kernel.privacy.processors import evidence, gate

        register_processor_gate(gate.ListedProcessors())
        register_condition(gate.obstacles)
        register_evidence("PRIV-PROCESSORS", evidence.of_list)
        register_evidence("PRIV-RESIDENCY", evidence.of_regions)
        register_entry("public", Entry("processors:public", _("Processors"), icon="building-bank"))
        register_entry("operator", Entry("processors:overview", _("Processors"), icon="building-bank", order=70))
        register_entry("business", Entry("processors:regions", _("Where data lies"), icon="map-pin", order=60))
        register_action_words(
            {
                "regions.agreed": _("Agreed to regions of its own"),
                "regions.follow": _("Followed the Operator's regions again"),
            }
        )
