from django.urls import path

from allonce.kernel.billing.views import checkout, console, mine, webhooks

app_name = "billing"

urlpatterns = [
    path("me/billing/", mine.mine, name="mine"),
    path("me/billing/purchases/<uuid:purchase_id>/", mine.purchase, name="purchase"),
    path("me/billing/subscriptions/<uuid:subscription_id>/cancel/", mine.cancel, name="cancel"),
    path("me/billing/subscriptions/<uuid:subscription_id>/end/", mine.leave, name="leave"),
    path("me/billing/order/<str:code>/", checkout.checkout, name="checkout"),
    path("operator/billing/", console.desk, name="desk"),
    path("operator/billing/prices/", console.price_list, name="prices"),
    path("operator/billing/purchases/<uuid:purchase_id>/", console.purchase, name="console_purchase"),
    path("operator/billing/refunds/<uuid:refund_id>/", console.refund, name="console_refund"),
    path("webhooks/sellers/<slug:seller>/", webhooks.report, name="report"),
]
