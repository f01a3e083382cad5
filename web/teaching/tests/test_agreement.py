"""The figure of agreement: known values, and what counts."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from chat.models import Disposition, Message
from console.models import Review
from teaching.agreement import Agreement, between
from teaching.tests.conftest import decide

# Cohen's example in Fleiss, Levin and Paik: 50 grants, 20 + 15 agree; kappa 0.4.
GRANTS = Agreement({("soon", "soon"): 20, ("soon", "urgent"): 5, ("urgent", "soon"): 10, ("urgent", "urgent"): 15})


def test_kappa_of_a_known_table() -> None:
    assert GRANTS.kappa == pytest.approx(0.4)
    assert GRANTS.kappa_interval == pytest.approx((0.4 - 1.96 * 0.12961, 0.4 + 1.96 * 0.12961), abs=1e-4)


def test_share_and_exact_interval() -> None:
    assert (GRANTS.share, GRANTS.too_low, GRANTS.too_high) == (0.7, 5, 10)
    assert GRANTS.interval == pytest.approx((0.5539, 0.8214), abs=1e-4)


@pytest.mark.parametrize("found", [Agreement({}), Agreement({("soon", "soon"): 4})])
def test_kappa_is_not_said_where_it_means_nothing(found: Agreement) -> None:
    assert (found.kappa, found.kappa_interval) == (None, None)


def test_no_judgement_gives_no_share() -> None:
    assert (Agreement({}).share, Agreement({}).interval) == (None, (0.0, 1.0))


def judge(said: Message, name: str, **fields: str) -> None:
    """Store a review of somebody."""
    Review.objects.create(message=said, reviewer=User.objects.create_user(name), **fields)


def test_reviews_are_counted_against_the_level_that_stood(said: Message) -> None:
    first = said.conversation.messages.earliest("pk")
    decide(first, Disposition.SOON)
    judge(said, "a", verdict="agree")
    judge(said, "b", verdict="disagree", level="urgent")
    judge(said, "c", verdict="disagree", understood="no idea what was meant")
    decide(said, Disposition.EMERGENCY)
    judge(said, "d", verdict="agree")
    judge(first, "e", verdict="agree")  # what was decided later does not count for an earlier message
    found = between()
    assert dict(found.pairs) == {("emergency", "emergency"): 2, ("emergency", "urgent"): 1, ("soon", "soon"): 1}
    assert (found.unclear, found.judged, found.agreed) == (1, 5, 3)


def test_the_page_shows_the_figure(desk: Client, said: Message) -> None:
    decide(said, Disposition.SOON)
    judge(said, "a", verdict="agree")
    page = desk.get(reverse("console:teaching:agreement")).content.decode()
    assert "1 of 1; 95% interval 2.5% to 100.0% (exact)" in page
