"""The real servers, started once for all these tests, and a visitor who talks to the website."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from scripts.stack import Stack
from tests.integration.visitor import Visitor


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """Web, Rasa and actions on free ports."""
    with Stack() as running:
        yield running


@pytest.fixture
def visitor(stack: Stack) -> Iterator[Visitor]:
    """A new visitor."""
    one = Visitor(stack.url)
    yield one
    one.http.close()


@pytest.fixture
def stored(stack: Stack) -> Iterator[sqlite3.Connection]:
    """The website's database, read only."""
    with sqlite3.connect(f"file:{stack.var / 'web.sqlite3'}?mode=ro", uri=True) as connection:
        yield connection
