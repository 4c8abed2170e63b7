from django.urls import path

from allonce.kernel.post.sms.intake import sms_webhook

app_name = "post_sms"
urlpatterns = [path("sms/<slug:gateway>/", sms_webhook, name="sms_webhook")]
