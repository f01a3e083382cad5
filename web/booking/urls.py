"""Addresses of the booking: private for the assistant, public for the visitor."""

from django.urls import path

from booking import handoffs, manage, schedule_page, views

app_name = "booking"
urlpatterns = [
    path("api/booking/handoffs", handoffs.open_handoff, name="open_handoff"),
    path("chat/booking/<uuid:handoff_id>/", views.form, name="form"),
    path("chat/booking/<uuid:handoff_id>/hold/", views.hold, name="hold"),
    path("chat/booking/<uuid:handoff_id>/cancel/", views.cancel, name="cancel"),
    path("booking/<str:token>/", manage.manage, name="manage"),
    path("booking/<str:token>/appointment.ics", manage.calendar, name="calendar"),
    path("booking/<str:token>/change/", manage.change, name="change"),
    path("booking/<str:token>/cancel/", manage.cancel, name="cancel_by_link"),
    path("console/schedule/", schedule_page.edit, name="schedule"),
]
