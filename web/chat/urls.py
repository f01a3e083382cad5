"""Public addresses."""

from django.urls import path

from chat import pages, views

app_name = "chat"
urlpatterns = [
    path("", pages.home, name="home"),
    path("privacy/", pages.privacy, name="privacy"),
    path("healthz", pages.healthz, name="healthz"),
    path("chat/conversation/", views.conversation, name="conversation"),
    path("chat/messages/", views.send_message, name="send_message"),
    path("chat/export/", views.export, name="export"),
    path("chat/delete/", views.delete, name="delete"),
]
