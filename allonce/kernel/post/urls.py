from django.urls import path

from allonce.kernel.post.webhooks import relay_webhook

app_name = "post"
urlpatterns = [path("relay/<slug:relay>/", relay_webhook, name="relay_webhook")]
