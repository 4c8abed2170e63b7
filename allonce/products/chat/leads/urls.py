from django.urls import URLPattern, path

from allonce.products.chat.leads import visitor

app_name = "chat_leads"

urlpatterns: list[URLPattern] = [
    path("w/<str:key>/text", visitor.text, name="text"),
]
