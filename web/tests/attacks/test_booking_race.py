"""Fifty visitors want the same time at the same moment."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx

from tests.attacks.conftest import Visitor

CROWD = 50
DETAILS = {"name": "Ada Example", "phone": "604 555 0123", "email": "", "note": "", "consent": True}


def test_of_fifty_at_once_one_gets_the_time_and_the_others_the_next_one(new_visitor: Callable[[], Visitor]) -> None:
    with ThreadPoolExecutor(8) as pool:
        crowd = list(pool.map(lambda _: new_visitor(), range(CROWD)))
        forms = list(pool.map(Visitor.handoff, crowd))
    slot, following = crowd[0].http.get(forms[0]).json()["slots"][:2]
    start = threading.Barrier(CROWD)

    def ask(who: Visitor, form: str) -> httpx.Response:
        start.wait()
        return who.http.post(form, json={**DETAILS, "slot": slot["id"]})

    with ThreadPoolExecutor(CROWD) as pool:
        answers = list(pool.map(ask, crowd, forms))
    assert Counter(one.status_code for one in answers) == {201: 1, 409: CROWD - 1}
    refused = [one.json() for one in answers if one.status_code == 409]
    assert {one["error"] for one in refused} == {"slot_taken"}
    assert {one["next"]["id"] for one in refused} == {following["id"]}
    assert all(following["label"] in one["message"] for one in refused)


def test_a_time_that_is_held_is_kept_for_one_of_fifty(new_visitor: Callable[[], Visitor]) -> None:
    with ThreadPoolExecutor(8) as pool:
        crowd = list(pool.map(lambda _: new_visitor(), range(CROWD)))
        forms = list(pool.map(Visitor.handoff, crowd))
    slot = crowd[0].http.get(forms[0]).json()["slots"][0]["id"]
    with ThreadPoolExecutor(CROWD) as pool:
        held = list(pool.map(lambda who, form: who.http.post(f"{form}hold/", json={"slot": slot}), crowd, forms))
        codes = [one.status_code for one in held]
        booked = list(pool.map(lambda who, form: who.http.post(form, json={**DETAILS, "slot": slot}), crowd, forms))
    assert Counter(codes) == {200: 1, 409: CROWD - 1}
    assert [one.status_code for one in booked] == [{200: 201, 409: 409}[code] for code in codes]
