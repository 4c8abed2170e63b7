from django.urls import URLPattern, path

from allonce.products.chat.reports import views

app_name = "chat_reports"

urlpatterns: list[URLPattern] = [
    path("chat/reports/", views.report, name="report"),
    path("chat/reports/figures.csv", views.report_csv, name="report_csv"),
    path("chat/reports/conversations.csv", views.talks_csv, name="talks_csv"),
]
