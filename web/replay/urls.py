"""Addresses of the replay; below the console's."""

from django.urls import path

from replay import views

app_name = "replay"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("start/", views.start, name="start"),
    path("<int:replay_id>/", views.replay, name="replay"),
    path("changes/<int:change_id>/sign/", views.sign, name="sign"),
    path("promote/", views.promote, name="promote"),
    path("roll-back/", views.roll_back, name="roll_back"),
]
