"""Addresses of Users, devices and keys, below /setup/."""

from django.urls import path

from allonce.kernel.accounts.devices import views
from allonce.kernel.accounts.keys import views as keys

app_name = "devices"

urlpatterns = [
    path("users/", views.user_list, name="users"),
    path("users/add/", views.add_user, name="add_user"),
    path("users/<uuid:user_pk>/", views.edit_user, name="edit_user"),
    path("users/<uuid:user_pk>/switch/", views.switch_user, name="switch_user"),
    path("users/<uuid:user_pk>/code/", views.code, name="code"),
    path("users/devices/<uuid:device_id>/unregister/", views.unregister, name="unregister"),
    path("users/devices/<uuid:device_id>/compare/", views.compare, name="compare"),
    path("users/devices/<uuid:device_id>/approve/", views.approve, name="approve"),
    path("users/requests/<uuid:request_id>/tell/", views.tell, name="tell"),
    path("users/requests/<uuid:request_id>/close/", views.close, name="close"),
    path("keys/", keys.keys, name="keys"),
    path("keys/state/", keys.state, name="keys_state"),
    path("keys/set-up/", keys.set_up, name="keys_set_up"),
    path("keys/renew/", keys.renew, name="keys_renew"),
    path("keys/holders/add/", keys.add, name="keys_add"),
    path("keys/holders/<uuid:holder_pk>/remove/", keys.remove, name="keys_remove"),
    path("open/", keys.open_file, name="open"),
]
