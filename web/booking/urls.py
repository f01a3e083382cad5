"""Addresses of the booking: private for the assistant, public for the visitor."""

from django.urls import path

from booking import handoffs, views

app_name = "booking"
urlpatterns = [
    path("api/booking/handoffs", handoffs.open_handoff, name="open_handoff"),
    path("chat/booking/<uuid:handoff_id>/", views.form, name="form"),
    path("chat/booking/<uuid:handoff_id>/cancel/", views.cancel, name="cancel"),
]
