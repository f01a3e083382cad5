"""Is the assistant as sure as it is right? Confidence against truth, and what asking back saves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.cases import Case
from evaluation.rates import Rate, table

FIGURE = Path(__file__).parent / "reliability.svg"
STEPS = 10
SIDE, EDGE = 260, 40  # pixels of the figure
BINS_HEAD = ["confidence", "messages", "mean confidence", "right"]
HEAD = [
    *("messages", "calibration error", "asked back", "offered the right one then"),
    *("answered and wrong", "wrong if never asked back"),
]


@dataclass(frozen=True)
class Sureness:
    """A message's best guess, how sure it was, and what was offered when the assistant asked back."""

    intent: str
    confidence: float
    asked_back: bool
    offered: tuple[str, ...]


@dataclass(frozen=True)
class Judged:
    """A guess beside the truth."""

    sureness: Sureness
    label: str

    @property
    def right(self) -> bool:
        """True when the best guess is the label."""
        return self.sureness.intent == self.label


def measure(cases: Sequence[Case], guess: Callable[[str], Sureness]) -> list[Judged]:
    """Say each text as the first message of a conversation."""
    return [Judged(guess(case["text"]), case["label"]) for case in cases]


def bins(judged: Sequence[Judged]) -> list[tuple[int, list[Judged]]]:
    """Put the messages into steps of confidence; empty steps are left out."""
    steps = [(step, [one for one in judged if step_of(one) == step]) for step in range(STEPS)]
    return [(step, some) for step, some in steps if some]


def step_of(one: Judged) -> int:
    """Number the step of a confidence, 0 to 9."""
    return min(int(one.sureness.confidence * STEPS), STEPS - 1)


def mean_confidence(some: Sequence[Judged]) -> float:
    """Give the mean of the confidences."""
    return sum(one.sureness.confidence for one in some) / len(some)


def calibration_error(judged: Sequence[Judged]) -> float:
    """Give the expected calibration error: the mean distance of confidence and truth, weighed by messages."""
    off = (len(some) * abs(mean_confidence(some) - share_right(some)) for _, some in bins(judged))
    return sum(off) / len(judged)


def share_right(some: Sequence[Judged]) -> float:
    """Give the share of right guesses."""
    return Rate.of(one.right for one in some).value


def totals(judged: Sequence[Judged]) -> list[object]:
    """Give the row of one set of messages."""
    back = [one for one in judged if one.sureness.asked_back]
    return [
        len(judged),
        f"{calibration_error(judged):.3f}",
        Rate.of(one.sureness.asked_back for one in judged),
        Rate.of(one.label in one.sureness.offered for one in back),
        Rate.of(not one.right and not one.sureness.asked_back for one in judged),
        Rate.of(not one.right for one in judged),
    ]


def report(judged: Sequence[Judged]) -> str:
    """Give the totals and the table of reliability."""
    rows = [
        [
            f"{step / STEPS:.1f} to {(step + 1) / STEPS:.1f}",
            len(some),
            f"{mean_confidence(some):.2f}",
            Rate.of(one.right for one in some),
        ]
        for step, some in bins(judged)
    ]
    return "\n\n".join([table(HEAD, [totals(judged)]), table(BINS_HEAD, rows)])


def figure(judged: Sequence[Judged]) -> str:
    """Draw the share of right guesses over the mean confidence; the diagonal is as sure as right."""
    points = [(mean_confidence(some), share_right(some), len(some)) for _, some in bins(judged)]
    most = max(count for _, _, count in points)
    dots = "".join(
        f'<circle cx="{EDGE + sure * SIDE:.1f}" cy="{EDGE + (1 - right) * SIDE:.1f}" '
        f'r="{3 + 9 * (count / most) ** 0.5:.1f}" fill="#0b6e8a" fill-opacity="0.75">'
        f"<title>{count} messages</title></circle>"
        for sure, right, count in points
    )
    size, end = SIDE + 2 * EDGE, EDGE + SIDE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" font-family="sans-serif" font-size="12">'
        f'<rect width="{size}" height="{size}" fill="white"/>'
        f'<path d="M{EDGE} {EDGE}V{end}H{end}" fill="none" stroke="black"/>'
        f'<path d="M{EDGE} {end}L{end} {EDGE}" stroke="#888" stroke-dasharray="4"/>'
        f'<text x="{size / 2}" y="{size - 10}" text-anchor="middle">confidence, 0 to 1</text>'
        f'<text x="14" y="{size / 2}" text-anchor="middle" transform="rotate(-90 14 {size / 2})">right, 0 to 1</text>'
        f"{dots}</svg>\n"
    )
