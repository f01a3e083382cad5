"""Addresses: the public chat, the private booking interface, the staff console."""

from django.urls import include, path

from console.feed import calendar

urlpatterns = [
    path("calendar/<str:secret>.ics", calendar, name="calendar"),
    path("", include("chat.urls")),
    path("", include("booking.urls")),
    path("console/", include("console.urls")),
    path("console/", include("trust.urls")),
    path("console/figures/", include("figures.urls")),
    path("accounts/", include("allauth.urls")),
]

handler400 = "chat.errors.bad_request"
handler403 = "chat.errors.forbidden"
handler404 = "chat.errors.not_found"
handler500 = "chat.errors.server_error"
