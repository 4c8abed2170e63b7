from django.apps import AppConfig


class WebhooksOutConfig(AppConfig):
    name = "allonce.kernel.post.webhooks_out"
    label = "post_webhooks"
    verbose_name = "Webhooks"
