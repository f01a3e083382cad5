"""One test for each way to hurt: what is sent, who may read it, what a page may do."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import uuid
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.attacks.conftest import PATIENCE, Visitor

SCRIPT = "<script>alert(1)</script>"
EVIL = "https://evil.example"
DETAILS = {"name": f"Ada {SCRIPT}", "phone": "604 555 0123", "email": "", "note": f'"><img src=x> {SCRIPT}'}
SLOW_CONNECTIONS = 100  # more than the website has threads


def test_too_many_messages_of_one_talk_are_refused_with_where_to_get_help(visitor: Visitor) -> None:
    codes = []
    for _ in range(40):
        answer = visitor.http.post("/chat/messages/", json={"client_id": "12345678"})  # refused, but counted
        codes.append(answer.status_code)
        if answer.status_code == 429:
            break
    assert (codes[-1], "911" in answer.json()["message"], answer.headers["Retry-After"]) == (429, True, "60")


def test_an_address_is_limited_whatever_cookies_it_throws_away(url: str, visitor: Visitor) -> None:
    address = {"X-Forwarded-For": visitor.http.headers["X-Forwarded-For"], "X-CSRFToken": "x"}
    codes = set()
    for _ in range(300):
        codes.add(visitor.http.get("/chat/export/", headers=address, cookies={}).status_code)
        if 429 in codes:
            break
    assert 429 in codes


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"client_id": "12345678", "text": "' + b"a" * 40_000 + b'"}', 413),
        (b"[" * 30_000, 400),
        (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, 400),
        (b"\xff\xfe{}", 400),
        (b'{"client_id": "12345678", "text": "\\ud800"}', 400),
        (b'{"client_id": "12345678", "text": NaN}', 400),
        (b"9" * 20_000, 400),
    ],
    ids=["long", "nested list", "nested objects", "another encoding", "half a character", "no number", "a huge number"],
)
def test_odd_bodies_get_a_clear_no(visitor: Visitor, body: bytes, status: int) -> None:
    answer = visitor.http.post("/chat/messages/", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, len(answer.json()["message"]) > 20) == (status, True)


def test_a_body_of_megabytes_is_refused(visitor: Visitor) -> None:
    answer = visitor.http.post(
        "/chat/messages/", content=b" " * 5_000_000, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 413


def test_slow_bodies_do_not_keep_others_waiting(url: str, visitor: Visitor) -> None:
    place, cookies = urlsplit(url), "; ".join(f"{name}={value}" for name, value in visitor.http.cookies.items())
    head = (
        f"POST /chat/messages/ HTTP/1.1\r\nHost: {place.netloc}\r\nCookie: {cookies}\r\nContent-Length: 1000\r\n"
        f"X-CSRFToken: {visitor.http.headers['X-CSRFToken']}\r\nContent-Type: application/json\r\n\r\n{{"
    )
    held = [socket.create_connection((str(place.hostname), place.port or 80)) for _ in range(SLOW_CONNECTIONS)]
    try:
        for one in held:
            one.sendall(head.encode())
        assert httpx.get(f"{url}/healthz", timeout=PATIENCE).status_code == 200
    finally:
        for one in held:
            one.close()


@pytest.mark.parametrize("command", ["/restart", '/book_appointment{"wish": "other"}', "  /inform{}", "/"])
def test_typed_commands_have_no_power(visitor: Visitor, command: str) -> None:
    answer = visitor.say(command).json()
    assert answer["message"]["text"] == command.strip()
    assert "handoff" not in json.dumps(answer["replies"])


def test_marks_that_turn_text_around_are_taken_out(visitor: Visitor) -> None:
    assert visitor.say("call \u202e119\u202c or \u2066911\u2069\u200b").json()["message"]["text"] == "call 119 or 911"


def test_contact_details_are_not_stored(visitor: Visitor) -> None:
    visitor.say("my number is 604-555-0123, card 4111 1111 1111 1111, phn 9698 658 215, ana@mail.example")
    kept = visitor.http.get("/chat/export/").text
    assert [one for one in ("555", "4111", "9698", "ana@") if one in kept] == []


def test_a_script_that_was_typed_stays_text_everywhere(visitor: Visitor, staff: httpx.Client) -> None:
    visitor.say(SCRIPT)
    form = visitor.handoff()
    slot = visitor.http.get(form).json()["slots"][-1]["id"]
    booked = visitor.http.post(form, json={**DETAILS, "consent": True, "slot": slot}).json()
    pages = [visitor.http.get("/chat/mine/"), staff.get(f"/console/conversations/{visitor.conversation}/")]
    pages += [staff.get("/console/"), staff.get("/console/bookings/"), visitor.http.get(booked["manage"])]
    for page in pages:
        assert (page.status_code, SCRIPT in page.text, "<img src=x>" in page.text) == (200, False, False), page.url


@pytest.mark.parametrize(
    "path", ["/chat/erased/{}/", "/booking/{}/", "/console/?q={}", "/accounts/login/?next={}", "/{}"]
)
def test_a_script_in_the_address_is_not_given_back(url: str, staff: httpx.Client, path: str) -> None:
    answer = staff.get(path.format(SCRIPT), headers={"Accept": "text/html"})
    assert SCRIPT not in answer.text


@pytest.mark.parametrize("path", ["/chat/messages/", "/chat/delete/", "/chat/booking/{}/", "/chat/booking/{}/hold/"])
def test_another_site_cannot_act_for_a_visitor(visitor: Visitor, path: str) -> None:
    target = path.format(uuid.uuid4())
    for headers in ({"X-CSRFToken": ""}, {"Origin": EVIL}):
        answer = visitor.http.post(target, json={}, headers=headers)
        assert (answer.status_code, answer.json()["error"]) == (403, "reload")


PAGES = ["/", "/privacy/", "/chat/mine/", "/chat/conversation/", "/accounts/login/", "/nothing-here/", "/healthz"]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_can_be_framed_or_run_foreign_scripts(visitor: Visitor, path: str) -> None:
    headers = visitor.http.get(path, headers={"Accept": "text/html"}).headers
    policy = headers["Content-Security-Policy"]
    assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert ("frame-ancestors 'none'" in policy, "default-src 'none'" in policy, "unsafe" in policy) == (
        True,
        True,
        False,
    )


@pytest.mark.parametrize("path", ["/", "/privacy/", "/chat/mine/", "/accounts/login/"])
def test_no_page_holds_a_script_or_style_of_its_own(visitor: Visitor, path: str) -> None:
    page = visitor.http.get(path, headers={"Accept": "text/html"}).text
    assert [one for one in ("<script>", "<style", " style=", " onclick=", "javascript:") if one in page] == []


def test_other_sites_cannot_read_the_chat(visitor: Visitor) -> None:
    for headers in ({"Origin": EVIL}, {"Origin": "null"}):
        asked = {**headers, "Access-Control-Request-Method": "POST"}
        answers = [
            visitor.http.options("/chat/messages/", headers=asked),
            visitor.http.get("/chat/conversation/", headers=headers),
        ]
        assert [one for one in answers if "Access-Control-Allow-Origin" in one.headers] == []


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(url: str) -> None:
    answer = httpx.get(f"{url}/chat/begin/", headers={"X-Forwarded-For": "10.9.9.9"}, timeout=PATIENCE)
    cookies = answer.headers.get_list("set-cookie")
    assert sorted(one.split("=")[0] for one in cookies) == ["chat", "csrftoken"]
    assert all("HttpOnly" in one and "SameSite=Lax" in one for one in cookies)


AS_DEPLOYED = """
import django; django.setup()
from django.conf import settings
from django.core.management import call_command
settings.SILENCED_SYSTEM_CHECKS += ["security.W005", "security.W021"]  # the clinic's other subdomains are not ours
call_command("check", "--deploy", "--fail-level", "WARNING")
print(settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.CHAT_COOKIE_SECURE)
"""


def test_behind_https_cookies_are_secure_and_django_finds_no_fault() -> None:
    web = Path(__file__).resolve().parents[2]
    secret = secrets.token_urlsafe(64)
    env = {**os.environ, "DJANGO_HTTPS": "1", "PYTHONPATH": str(web), "DJANGO_SECRET_KEY": secret}
    env["DJANGO_SETTINGS_MODULE"] = "config.settings"
    command = [sys.executable, "-c", AS_DEPLOYED]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)  # noqa: S603 (our own words)
    assert done.stdout.strip().endswith("True True True"), done.stderr


def test_a_cookie_that_somebody_planted_leads_to_no_talk_of_theirs(
    visitor: Visitor, new_visitor: Callable[[], Visitor]
) -> None:
    victim = new_visitor()
    visitor.say("a secret")
    for planted in (visitor.conversation, f"{visitor.conversation}:x:y", str(uuid.uuid4())):
        victim.http.cookies.clear()
        shown = victim.http.get("/chat/conversation/", headers={"Cookie": f"chat={planted}"})
        begun = victim.http.get("/chat/begin/", headers={"Cookie": f"chat={planted}"})
        assert (shown.json()["messages"], visitor.conversation in begun.headers["set-cookie"]) == ([], False)


def test_signing_in_changes_the_session(url: str) -> None:
    with httpx.Client(base_url=url, timeout=PATIENCE, headers={"X-Forwarded-For": "10.9.9.8"}) as browser:
        browser.cookies.set("sessionid", "planted0planted0planted0planted0")
        browser.get("/accounts/login/")
        form = {"login": "staff", "password": os.environ["STAFF_PASSWORD"]}
        browser.post("/accounts/login/", data=form | {"csrfmiddlewaretoken": browser.cookies["csrftoken"]})
        sessions = [one.value for one in browser.cookies.jar if one.name == "sessionid" and one.value]
        assert sessions[-1:] != ["planted0planted0planted0planted0"]


def test_ids_of_others_open_nothing(visitor: Visitor, new_visitor: Callable[[], Visitor]) -> None:
    stranger, form = new_visitor(), visitor.handoff()
    stranger.say("hello")
    answers = [
        stranger.http.get(form),
        stranger.http.post(form, json={}),
        stranger.http.post(f"{form}hold/", json={"slot": 1}),
    ]
    answers += [stranger.http.get(f"/chat/booking/{uuid.uuid4()}/"), stranger.http.get("/chat/erased/ER-AAAAAAAA/")]
    answers.append(stranger.http.get(f"/console/conversations/{visitor.conversation}/", follow_redirects=False))
    assert [one.status_code for one in answers] == [404, 404, 404, 404, 404, 302]


def test_the_private_interface_needs_its_token(url: str) -> None:
    told = {"conversation": str(uuid.uuid4()), "summary": {"disposition": None}}
    for token in ("", "Bearer", "Bearer wrong", "Basic abc"):
        answer = httpx.post(
            f"{url}/api/booking/handoffs", json=told, headers={"Authorization": token}, timeout=PATIENCE
        )
        assert answer.status_code == 401


def test_a_message_that_is_sent_again_is_kept_once(visitor: Visitor) -> None:
    again = str(uuid.uuid4())
    visitor.say("hello", again), visitor.say("hello", again)
    said = [one for one in visitor.http.get("/chat/conversation/").json()["messages"] if one["author"] == "visitor"]
    assert len(said) == 1


def test_what_was_erased_does_not_come_back_with_an_old_cookie(visitor: Visitor) -> None:
    visitor.say("hello")
    old = visitor.http.cookies["chat"]
    receipt = visitor.http.post("/chat/delete/", json={}).json()
    assert receipt["receipt"].startswith("ER-")
    visitor.http.cookies.clear()
    shown = visitor.http.get("/chat/conversation/", headers={"Cookie": f"chat={old}"})
    assert shown.json()["messages"] == []


def test_an_error_says_nothing_of_the_inside(url: str) -> None:
    for path in (
        "/chat/booking/1/",
        "/%00",
        "/chat/messages/",
        "/static/../config/settings.py",
        "/console/bookings/x/confirm/",
    ):
        words = httpx.get(url + path, timeout=PATIENCE).text
        assert [one for one in ("Traceback", "Django", "/work", "sqlite", "SECRET") if one in words] == []
