from django.urls import URLPattern, path

from allonce.products.chat.provisioning import views

app_name = "chat_provisioning"

urlpatterns: list[URLPattern] = [
    path("chat/merchants/", views.merchants, name="merchants"),
    path("chat/merchants/table/", views.table, name="table"),
    path("chat/merchants/table/apply/", views.table_apply, name="table_apply"),
    path("chat/merchants/<uuid:provider_merchant_id>/hidden/", views.set_hidden, name="merchant_hidden"),
    path("chat/profiles/new/", views.profile, name="profile_new"),
    path("chat/profiles/<uuid:profile_id>/", views.profile, name="profile"),
    path("chat/profiles/<uuid:profile_id>/delete/", views.profile_delete, name="profile_delete"),
    path("chat/providers/", views.providers, name="providers"),
    path("chat/providers/offers/<uuid:listing_offer_id>/", views.offer_answer, name="offer_answer"),
    path("chat/providers/<uuid:provider_merchant_id>/leave/", views.leave, name="leave"),
]
