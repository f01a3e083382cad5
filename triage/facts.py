"""The facts of an interview: their names, their values, and what follows from them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

Facts = Mapping[str, Any]

UNKNOWN = "unknown"
_YES_NO = ("yes", "no", "past")

VALUES: dict[str, tuple[str, ...]] = {
    "who": ("self", "child", "baby", "adult"),
    "age_band": ("A0", "A1", "A2", "A3", "A4", "A5", "A6"),
    "location": (
        "eyeball",
        "lash_line",
        "eyelid",
        "under_eye",
        "face",
        "behind_ear",
        "mouth",
        "genital",
        "hands",
        "body",
        "scalp",
    ),
    "number": ("one", "few", "many", "patch"),
    "onset": ("birth", "slow", "fast"),
    "colour": ("white", "yellow", "skin", "red", "dark", "clear"),
    "feel": ("hard", "soft", "rough", "fluid", "flat"),
    "top": ("closed", "dimple", "hole", "crust", "vessels"),
    "change": ("stable", "growing", "changing", "crops", "slow_increase"),
    "trigger": ("none", "burn", "blisters", "rash", "procedure", "steroid", "heavy_cream", "medicine"),
    "wants": ("removal", "check", "nothing"),
    "refuses": ("yes",),
    **dict.fromkeys(("pain", "itch", "heat", "pus", "bleeding", "sore"), _YES_NO),
    **dict.fromkeys(("eye_signs", "lash_loss", "fever", "unwell"), _YES_NO),
    **dict.fromkeys(
        ("weak_immunity", "past_skin_cancer", "pregnancy", "isotretinoin", "unexplained_blisters"), _YES_NO
    ),
}
NUMBERS = ("age_days", "duration_days", "size_mm")
LISTS = ("location", "trigger")

_BANDS = ((28, "A0"), (91, "A1"), (365, "A2"), (12 * 365, "A3"), (19 * 365, "A4"), (50 * 365, "A5"))


def age_band(days: float) -> str:
    """Give the band of an age in days: A0 under 28 days ... A6 from 50 years on."""
    return next((band for limit, band in _BANDS if days < limit), "A6")


def known(facts: Facts, fact: str) -> bool:
    """Tell whether the visitor has answered this, even if only with "I can't tell"."""
    return facts.get(fact) is not None or (fact == "age_band" and isinstance(facts.get("age_days"), int | float))


def completed(facts: Facts) -> dict[str, Any]:
    """Add what follows from the facts; a baby of unknown age counts as a newborn until told otherwise."""
    full = {fact: value for fact, value in facts.items() if value is not None}
    days = full.get("age_days")
    if isinstance(days, int | float):
        full["age_band"] = age_band(days)
    elif full.get("who") == "baby" and full.get("age_band", UNKNOWN) == UNKNOWN:
        full["age_band"] = "A0"
    return full


def merged(earlier: Facts, now: Facts, settles: Collection[str] = ()) -> dict[str, Any]:
    """Take in what a message told: answers to the pending question and alarms replace, the rest only fills gaps.

    A message that corrects something ("sorry, actually ...") replaces everything it speaks of; what a reply only
    implied ("none of these") never takes back what was said before.
    """
    corrects = now.get("corrects") == "yes"
    unsaid = set(now.get("unsaid", ()))
    told = {fact: value for fact, value in now.items() if fact not in ("corrects", "unsaid")}
    replaces = {
        fact
        for fact, value in told.items()
        if earlier.get(fact) in (None, UNKNOWN)
        or (fact not in unsaid and (corrects or fact in settles or (value == "yes" and "." not in fact)))
    }
    return {**earlier, **{fact: value for fact, value in told.items() if fact.partition(".")[0] in replaces}}


def problem(fact: str, value: Any) -> str | None:
    """Say what is wrong with a fact as written in a knowledge file, or None."""
    if fact in NUMBERS:
        fits = isinstance(value, int | float) and not isinstance(value, bool)
        return None if fits or value == UNKNOWN else f"'{fact}' takes a number or 'unknown', not {value!r}"
    if fact not in VALUES:
        return f"'{fact}' is no fact. Use one of {sorted((*VALUES, *NUMBERS))}"
    wrong = [one for one in (value if isinstance(value, list) else [value]) if one not in (*VALUES[fact], UNKNOWN)]
    return (
        f'\'{fact}\' cannot be {wrong[0]!r}. Use one of {list(VALUES[fact])} (quote "yes" and "no")' if wrong else None
    )
