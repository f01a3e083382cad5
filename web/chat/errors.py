"""Errors a visitor can meet: a sentence that helps, as JSON for the widget and as a page for people."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from chat import formatting

MACHINE_PATHS = ("/chat/", "/api/")


def problem(status: int, code: str, message: str) -> JsonResponse:
    """Answer with an error: `error` for programs, `message` for people, `shown` the same as the widget draws it."""
    return JsonResponse({"error": code, "message": message, "shown": formatting.blocks(message)}, status=status)


def answer(request: HttpRequest, status: int, code: str, message: str) -> HttpResponse:
    """Choose JSON or a page by who asks."""
    wants_page = "text/html" in request.headers.get("Accept", "")
    if request.path.startswith(MACHINE_PATHS) and not wants_page:
        return problem(status, code, message)
    return render(request, "chat/error.html", {"message": message, "status": status}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request could not be read."""
    return answer(request, 400, "bad_request", "This request could not be read. Please reload the page and try again.")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this page is not for this visitor, or which right somebody of the staff lacks."""
    why = str(exception) or "You cannot open this page. Staff: please sign in first."
    return answer(request, 403, "forbidden", why)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say what to do when the page is too old or came from another site."""
    return answer(request, 403, "reload", f"Please reload the page and try again. {settings.WHERE_TO_GET_HELP}")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing here."""
    return answer(request, 404, "not_found", "There is nothing at this address.")


def server_error(request: HttpRequest) -> HttpResponse:
    """Say where to get help: a visitor may have written something urgent."""
    return answer(request, 500, "out_of_order", settings.NOT_SAVED_ADVICE)
