"""A thread in each web process that mends what a process that died has left behind."""

from __future__ import annotations

import threading
from collections.abc import Callable

import structlog
from django.db import DatabaseError, connection

from chat import erasure, turns

EVERY_SECONDS = 15
log = structlog.get_logger(__name__)
called = threading.Event()
others: list[Callable[[], object]] = []  # what other parts of the website do in each round


def start() -> threading.Thread:
    """Watch until the process ends; at the start as well, because a restart is when something was left behind."""
    thread = threading.Thread(target=watch, name="watch", daemon=True)
    thread.start()
    return thread


def watch() -> None:
    """Look around, again and again. A database that is down is no reason to stop looking."""
    while True:
        look_around()
        called.wait(EVERY_SECONDS)
        called.clear()


def wake() -> None:
    """Look around now: there is something to do."""
    called.set()


def look_around() -> None:
    """Flag messages without an answer, and have Rasa erase what it could not erase before."""
    try:
        flagged = turns.flag_unanswered()
        if flagged:
            log.warning("flagged_unanswered_messages", count=flagged)
        erasure.finish_all()
        for job in others:
            job()
    except DatabaseError as problem:
        log.error("cannot_look_around", why=type(problem).__name__)
    finally:
        connection.close()
