from django.urls import path

from allonce.kernel.notices import browsers, views

app_name = "notices"

urlpatterns = [
    path("me/notices/", views.everything, name="list"),
    path("me/notices/read/", views.read_all, name="read_all"),
    path("me/notices/<uuid:notice_id>/open/", views.open_one, name="open"),
    path("me/notices/choices/", views.choices, name="choices"),
    path("me/notices/browser/", browsers.this_one, name="browser"),
    path("me/notices/worker.js", browsers.worker, name="worker"),
    path("me/notices/choices/off/", views.switch_all_off, name="switch_all_off"),
    path("me/notices/choices/again/", views.start_again, name="start_again"),
]
