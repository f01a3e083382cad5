"""How often staff and assistant agree about the level: the share with an exact interval, and Cohen's kappa."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import sqrt

from scipy.special import betaincinv

from chat.models import Assessment, Disposition
from console.models import Review

ERROR = 0.05
WITHIN = 1.96  # standard errors: 95 % of a normal distribution
NONE = ""  # nothing was assessed

type Pair = tuple[str, str]  # level of the assistant, level of the staff member


@dataclass(frozen=True)
class Agreement:
    """Judgements of levels, as counts of pairs; `unclear` are those that disagree without naming a level."""

    pairs: Mapping[Pair, int]
    unclear: int = 0

    @property
    def judged(self) -> int:
        """Count all judgements."""
        return sum(self.pairs.values()) + self.unclear

    @property
    def agreed(self) -> int:
        """Count the judgements that agree."""
        return sum(count for (one, other), count in self.pairs.items() if one == other)

    @property
    def share(self) -> float | None:
        """Give the share that agrees, 0 to 1; None without judgements."""
        return self.agreed / self.judged if self.judged else None

    @property
    def interval(self) -> tuple[float, float]:
        """Give the exact (Clopper-Pearson) 95 % interval of the share.

        >>> tuple(round(bound, 4) for bound in Agreement({("soon", "soon"): 10}).interval)
        (0.6915, 1.0)
        """
        hits, misses = self.agreed, self.judged - self.agreed
        low = float(betaincinv(hits, misses + 1, ERROR / 2)) if hits else 0.0
        high = float(betaincinv(hits + 1, misses, 1 - ERROR / 2)) if misses else 1.0
        return low, high

    @property
    def too_low(self) -> int:
        """Count where staff want more urgency than the assistant gave: the dangerous side."""
        return sum(count for (one, other), count in self.pairs.items() if urgency(one) < urgency(other))

    @property
    def too_high(self) -> int:
        """Count where staff want less urgency."""
        return sum(count for (one, other), count in self.pairs.items() if urgency(one) > urgency(other))

    @property
    def kappa(self) -> float | None:
        """Give Cohen's kappa of the judgements with a level; None when chance alone would agree always, or without any.

        Cohen (1960): (observed - by chance) / (1 - by chance).
        """
        total = sum(self.pairs.values())
        chance = self.by_chance
        return None if not total or chance == 1 else (self.agreed / total - chance) / (1 - chance)

    @property
    def kappa_interval(self) -> tuple[float, float] | None:
        """Give the 95 % interval of kappa by Cohen's standard error; rough for few judgements."""
        total, kappa = sum(self.pairs.values()), self.kappa
        if kappa is None:
            return None
        observed = self.agreed / total
        error = WITHIN * sqrt(observed * (1 - observed) / total) / (1 - self.by_chance)
        return max(-1.0, kappa - error), min(1.0, kappa + error)

    @property
    def by_chance(self) -> float:
        """Give the share that would agree if both chose their levels as often, but blindly."""
        total = sum(self.pairs.values())
        mine, theirs = Counter[str](), Counter[str]()
        for (one, other), count in self.pairs.items():
            mine[one] += count
            theirs[other] += count
        return sum(mine[level] * theirs[level] for level in mine) / total**2 if total else 0.0


def urgency(level: str) -> int:
    """Give a level as a number; nothing assessed is the lowest."""
    return Disposition(level).urgency if level else 0


def between(since: datetime | None = None, until: datetime | None = None) -> Agreement:
    """Count the reviews written in a time, each against the level that stood after its message."""
    rows = Review.objects.select_related("message").order_by("pk")
    rows = rows.filter(created_at__gte=since) if since else rows
    rows = rows.filter(created_at__lt=until) if until else rows
    return count(rows)


def count(reviews: Iterable[Review]) -> Agreement:
    """Pair each review with the assistant's level."""
    listed = list(reviews)
    levels = levels_after({review.message_id: str(review.message.conversation_id) for review in listed})
    pairs, unclear = Counter[Pair](), 0
    for review in listed:
        given = levels[review.message_id]
        if review.verdict == Review.Verdict.AGREE:
            pairs[given, given] += 1
        elif review.level:
            pairs[given, review.level] += 1
        else:
            unclear += 1
    return Agreement(pairs, unclear)


def levels_after(messages: Mapping[int, str]) -> dict[int, str]:
    """Give the level that stood after each message (id to conversation)."""
    rows = Assessment.objects.filter(message__conversation__in=set(messages.values())).order_by("message_id", "pk")
    decided: dict[str, list[tuple[int, str]]] = {}
    for conversation, message, level in rows.values_list("message__conversation", "message", "disposition"):
        decided.setdefault(str(conversation), []).append((message, level))
    return {
        message: next((level for at, level in reversed(decided.get(talk, [])) if at <= message), NONE)
        for message, talk in messages.items()
    }
