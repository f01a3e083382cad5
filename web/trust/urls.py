"""Pages of the console about people and trust."""

from django.urls import path

from trust import keeping_pages, log_pages, people_pages, reveals

app_name = "trust"
urlpatterns = [
    path("audit/", log_pages.audit, name="audit"),
    path("audit/check/", log_pages.check, name="check"),
    path("people/", people_pages.index, name="people"),
    path("people/add/", people_pages.add, name="add"),
    path("people/<int:user_id>/role/", people_pages.change_role, name="change_role"),
    path("people/<int:user_id>/link/", people_pages.new_link, name="new_link"),
    path("people/<int:user_id>/close/", people_pages.close, name="close"),
    path("people/<int:user_id>/reopen/", people_pages.reopen, name="reopen"),
    path("people/<int:user_id>/second-factor/", people_pages.reset_second_factor, name="reset_second_factor"),
    path("deletions/", keeping_pages.deletions, name="deletions"),
    path("deletions/bulk/", keeping_pages.bulk, name="bulk"),
    path("delete/<str:key>/", keeping_pages.delete, name="delete"),
    path("hold/<str:key>/", keeping_pages.hold, name="hold"),
    path("hold/<str:key>/lift/", keeping_pages.release, name="release"),
    path("reveal/<str:key>/", reveals.reveal, name="reveal"),
    path("reveal/<str:key>/hide/", reveals.hide, name="hide"),
]
