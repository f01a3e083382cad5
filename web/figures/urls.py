"""Pages of the console with figures."""

from django.urls import path

from figures import pages

app_name = "figures"
urlpatterns = [
    path("", pages.index, name="index"),
    path("conversations/", pages.conversations, name="conversations"),
    path("<slug:name>.csv", pages.table, name="table"),
]
