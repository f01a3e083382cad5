"""Addresses of the staff console."""

from django.urls import include, path

from console import bookings, reviews, views

app_name = "console"
urlpatterns = [
    path("", views.conversations, name="conversations"),
    path("conversations/<uuid:conversation_id>/", views.transcript, name="transcript"),
    path("conversations/<uuid:conversation_id>/called-back/", views.called_back, name="called_back"),
    path("messages/<int:message_id>/review/", views.review, name="review"),
    path("bookings/", bookings.requests, name="bookings"),
    path("bookings/<str:reference>/confirm/", bookings.confirm, name="confirm"),
    path("bookings/<str:reference>/cancel/", bookings.cancel, name="cancel"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/export.jsonl", reviews.export, name="export"),
    path("replay/", include("replay.urls")),
    path("teaching/", include("teaching.urls")),
]
