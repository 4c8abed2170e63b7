from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "allonce.kernel.audit"
    label = "audit"
