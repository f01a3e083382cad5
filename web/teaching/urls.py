"""Addresses of the corrections; below the console's."""

from django.urls import path

from teaching import agreement_page, inbox, views

app_name = "teaching"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("messages/<int:message_id>/", views.correct, name="correct"),
    path("messages/<int:message_id>/add/", views.add, name="add"),
    path("corrections/<int:correction_id>/", inbox.prepare, name="prepare"),
    path("corrections/<int:correction_id>/approve/", inbox.approve, name="approve"),
    path("corrections/<int:correction_id>/dismiss/", inbox.dismiss, name="dismiss"),
    path("corrections/<int:correction_id>/withdraw/", views.withdraw, name="withdraw"),
    path("corrections.jsonl", inbox.export, name="export"),
    path("agreement/", agreement_page.agreement, name="agreement"),
]
