"""Public addresses."""

from django.urls import path

from chat import frame, mine, pages, views
from chat.talk import talk

app_name = "chat"
urlpatterns = [
    path("", pages.home, name="home"),
    path("privacy/", pages.privacy, name="privacy"),
    path("healthz", pages.healthz, name="healthz"),
    path("chat/", talk, name="talk"),
    path("chat/embed.js", frame.embed, name="embed"),
    path("chat/frame/<slug:language>/", frame.words, name="frame"),
    path("chat/begin/", views.begin, name="begin"),
    path("chat/conversation/", views.conversation, name="conversation"),
    path("chat/messages/", views.send_message, name="send_message"),
    path("chat/mine/", mine.overview, name="mine"),
    path("chat/openapi.json", pages.openapi, name="openapi"),
    path("chat/export/", mine.export, name="export"),
    path("chat/delete/", mine.delete, name="delete"),
    path("chat/erased/<str:number>/", mine.receipt, name="receipt"),
]
