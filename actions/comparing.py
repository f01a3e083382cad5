"""How a layperson tells bumps from milia: the words, and a table beside them for whoever can show one."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk.executor import CollectingDispatcher

from actions.memory import Json, knowledge, phrases
from triage.records import LookAlike

MOST = 3  # bumps beside milia: more columns do not fit on a phone
COMPARISON = "comparison"


def compare(
    dispatcher: CollectingDispatcher, ids: Sequence[str], line: str | None = None, buttons: list[Json] | None = None
) -> None:
    """Say the difference as knowledge/conditions/ has it; with `line`, only that line of the table."""
    known = {one.id: one for one in knowledge().look_alikes}
    bumps = [known[one] for one in ids[:MOST]]
    asked = line if line and any(line in one.features for one in bumps) else None
    dispatcher.utter_message(
        text=one_line(bumps, asked) if asked else differences(bumps, missing=line in knowledge().comparison.labels),
        buttons=phrases()["after_comparison"] if buttons is None else buttons,
        metadata={**table(bumps, [asked] if asked else list(knowledge().comparison.labels)), **grounds(bumps)},
    )


def differences(bumps: Sequence[LookAlike], missing: bool = False) -> str:
    """Give each difference, and what to do about such a bump; `missing`: the line that was asked about."""
    names = phrases()["or"].join(one.title.lower() for one in bumps)
    lead = [phrases()["no_line"].format(bumps=names)] if missing else []
    return "\n\n".join((*lead, *(f"**{one.title}**: {one.difference} {one.then}" for one in bumps)))


def one_line(bumps: Sequence[LookAlike], line: str) -> str:
    """Give one line of the table in words."""
    shared = knowledge().comparison
    said = [f"**{one.title}**: {one.features[line]}." for one in bumps if line in one.features]
    return "\n".join((f"{shared.labels[line]}:", *said, f"**Milia**: {shared.milia[line]}."))


def table(bumps: Sequence[LookAlike], lines: Sequence[str]) -> Json:
    """Give the table: a column for milia and one for each bump; lines that say nothing of any bump are left out."""
    shared = knowledge().comparison
    names = [one.title for one in bumps]
    rows = [
        [shared.labels[line], shared.milia[line], *(one.features.get(line, "\u2013") for one in bumps)]
        for line in lines
        if any(line in one.features for one in bumps)
    ]
    title = phrases()["comparison_title"].format(bumps=phrases()["or"].join(name.lower() for name in names))
    return {"type": COMPARISON, "title": title, "columns": ["", "Milia", *names], "rows": rows}


def grounds(bumps: Sequence[LookAlike]) -> Json:
    """Give the sources and the oldest day of review."""
    tags = (*(tag for one in bumps for tag in one.source), *knowledge().comparison.source)
    return {"sources": list(dict.fromkeys(tags)), "reviewed": min(one.reviewed for one in bumps)}


def grounds_of(ids: Sequence[str]) -> Json:
    """Give sources and day of review of a comparison with these bumps."""
    return grounds([one for one in knowledge().look_alikes if one.id in ids])
