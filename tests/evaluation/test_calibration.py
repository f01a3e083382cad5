"""Confidence against truth."""

from __future__ import annotations

import pytest

from evaluation.calibration import Judged, Sureness, calibration_error, figure, report, totals


def judged(intent: str, confidence: float, label: str, *offered: str) -> Judged:
    """Give a guess beside the truth."""
    return Judged(Sureness(intent, confidence, bool(offered), offered), label)


SOME = [
    judged("ask_cost", 0.95, "ask_cost"),
    judged("ask_cost", 0.95, "ask_risks"),
    judged("ask_pain", 0.35, "ask_pain", "ask_pain", "ask_risks"),
    judged("ask_pain", 0.35, "ask_eye_area", "ask_pain", "ask_risks"),
]


def test_whoever_is_as_sure_as_right_has_no_error() -> None:
    assert calibration_error([judged("a", 1.0, "a"), judged("b", 1.0, "b")]) == 0
    assert calibration_error(SOME) == pytest.approx((2 * 0.45 + 2 * 0.15) / 4)


def test_what_asking_back_saves_is_counted() -> None:
    messages, _, asked_back, offered, wrong, always = totals(SOME)
    assert [str(one).split(" ")[0] for one in (asked_back, offered, wrong, always)] == ["2/4", "1/2", "1/4", "2/4"]
    assert messages == 4


def test_report_and_figure_show_every_step_that_has_messages() -> None:
    assert [line[:12] for line in report(SOME).splitlines() if " to " in line[:12]] == ["| 0.3 to 0.4", "| 0.9 to 1.0"]
    assert figure(SOME).count("<circle") == 2
