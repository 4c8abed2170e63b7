from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "allonce.kernel.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Every new database connection learns which account may be seen; migrated tables get their policies."""
        from django.db.backends.signals import connection_created
        from django.db.models.signals import post_migrate

        from allonce.kernel.accounts import evidence, navigation, row_security, tenancy
        from allonce.kernel.declarations import register_evidence

        register_evidence("SEC-AUTOMATED-ACCESS", evidence.of_limits)
        register_evidence("SEC-UPLOADS", evidence.of_uploads)
        who_looked = navigation.Entry("accounts:my_looks", _("Who looked"), icon="eye", order=50)
        navigation.register_entry("person", who_looked)
        dead = navigation.Entry("accounts:operator_webhooks", _("Not delivered"), icon="webhook", order=75)
        navigation.register_entry("operator", dead)
        connection_created.connect(tenancy.tell_new_connection)
        post_migrate.connect(row_security.put_in_place, sender=self)
