"""Rates, their intervals and the tables."""

from __future__ import annotations

import pytest

from evaluation.rates import Rate, table


@pytest.mark.parametrize(
    ("rate", "interval"),
    [  # the values of R's binom.test
        (Rate(0, 10), (0.0, 0.3085)),
        (Rate(10, 10), (0.6915, 1.0)),
        (Rate(7, 10), (0.3475, 0.9333)),
        (Rate(135, 137), (0.9483, 0.9982)),
        (Rate(0, 0), (0.0, 1.0)),
    ],
)
def test_interval_is_the_exact_one(rate: Rate, interval: tuple[float, float]) -> None:
    assert tuple(round(bound, 4) for bound in rate.interval) == interval


def test_a_rate_shows_what_it_was_counted_from() -> None:
    assert (str(Rate(7, 10)), str(Rate(0, 0))) == ("7/10 = 70.0 % (34.8 to 93.3)", "-")


def test_a_table_lines_up() -> None:
    assert table(["a", "long"], [["xyz", 1]]) == "| a   | long |\n|-----|------|\n| xyz | 1    |"
