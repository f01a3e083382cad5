"""Addresses of the staff console."""

from django.urls import include, path

from console import bookings, casework, feed, reviews, views

app_name = "console"
urlpatterns = [
    path("", views.conversations, name="conversations"),
    path("conversations/<uuid:conversation_id>/", views.transcript, name="transcript"),
    path("conversations/<uuid:conversation_id>/live/", views.live, name="live"),
    path("conversations/<uuid:conversation_id>/summary/", views.summary, name="summary"),
    path("cases/<int:case_id>/change/", casework.change, name="change"),
    path("cases/<int:case_id>/note/", casework.note, name="note"),
    path("changes/<int:change_id>/undo/", casework.undo, name="undo"),
    path("filters/save/", casework.save_filter, name="save_filter"),
    path("filters/<int:filter_id>/delete/", casework.delete_filter, name="delete_filter"),
    path("conversations/<uuid:conversation_id>/called-back/", views.called_back, name="called_back"),
    path("messages/<int:message_id>/review/", views.review, name="review"),
    path("bookings/", bookings.requests, name="bookings"),
    path("bookings/calendar/", feed.make, name="make_feed"),
    path("bookings/calendar/remove/", feed.remove, name="remove_feed"),
    path("bookings/<str:reference>/<slug:verb>/", bookings.move, name="move"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/export.jsonl", reviews.export, name="export"),
    path("replay/", include("replay.urls")),
    path("teaching/", include("teaching.urls")),
]
