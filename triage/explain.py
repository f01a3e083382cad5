"""An advice in the visitor's words: what to do first, why, what would change it, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from triage.engine import Advise
from triage.facts import Facts, completed
from triage.model import Level
from triage.records import Knowledge, Variant

_DAYS = ((365, "year"), (30, "month"), (7, "week"), (1, "day"))


@dataclass(frozen=True)
class Explanation:
    """An advice ready to be shown: the bold first line, the paragraphs below it, whom to call, and the sources."""

    level: Level
    headline: str
    paragraphs: tuple[str, ...]
    calls: tuple[dict[str, str], ...]
    booking: bool | str
    reasons: tuple[dict[str, Any], ...]
    sources: tuple[dict[str, str], ...]

    @property
    def text(self) -> str:
        """Give the whole advice as one message."""
        return "\n\n".join((f"**{self.headline}**", *self.paragraphs))


def explain(knowledge: Knowledge, advise: Advise, facts: Facts) -> Explanation:
    """Put an advice into words."""
    full = completed(facts)
    variant = _variant(knowledge, advise, full)
    headline, paragraphs = _milia(knowledge, advise, variant, full) or _usual(knowledge, advise, variant, full)
    return Explanation(
        level=advise.level,
        headline=headline,
        paragraphs=tuple(paragraphs),
        calls=tuple(dict(_call(knowledge, key)) for key in variant.calls),
        booking=_booking(knowledge, advise, full),
        reasons=tuple(reason.to_dict() for reason in advise.reasons),
        sources=_sources(knowledge, (*(key for reason in advise.reasons for key in reason.source), *variant.source)),
    )


def why(knowledge: Knowledge, advise: Advise) -> str:
    """Answer "why?": each reason with what the visitor said and who says so."""
    lines = []
    for reason in advise.reasons:
        titles = "; ".join(source["title"] for source in _sources(knowledge, reason.source))
        said = f" You said: {'; '.join(reason.words)}." if reason.words else ""
        lines.append(f"{reason.because}{said} Source: {titles}.")
    return "\n\n".join(lines)


def _variant(knowledge: Knowledge, advise: Advise, full: Facts) -> Variant:
    """Take the first special case that fits the reasons or the facts, else the level's own words."""
    rules = {reason.rule.partition(".")[0] for reason in advise.reasons if reason.level is advise.level}
    for variant in knowledge.variants:
        fits = rules & set(variant.flags) or (variant.condition.facts() and variant.condition.holds(full))
        if variant.level is advise.level and fits:
            return variant
    return knowledge.levels[advise.level]


def _milia(knowledge: Knowledge, advise: Advise, variant: Variant, full: Facts) -> tuple[str, list[str]] | None:
    """Give the five parts of the answer that matches milia: described, limit, who can tell, watch list, next step."""
    if not advise.suggests_milia:
        return None
    words, watch = knowledge.words["milia"], knowledge.words["watch"]
    limit = f"{words['limit']} {words['who_can_tell']}"
    if full.get("age_band") in ("A0", "A1", "A2"):
        return variant.headline, [*variant.then[:1], limit, *variant.then[1:], watch["baby"]]
    step = " ".join((words["next_step"][advise.level.value], *_notes(knowledge, full)))
    return words["described"].format(features=_features(knowledge, full)), [limit, watch["usual"], step]


def _usual(knowledge: Knowledge, advise: Advise, variant: Variant, full: Facts) -> tuple[str, list[str]]:
    """Give what to do, why, the limit and the watch list; an emergency stays short."""
    because = "" if variant.replaces_reason else advise.reasons[0].because
    parts = [because, " ".join(variant.then)]
    if advise.level in (Level.ROUTINE, Level.SELF_CARE):
        watch = "baby" if full.get("age_band") in ("A0", "A1", "A2") else "usual"
        parts += [knowledge.words["limit"], knowledge.words["watch"][watch]]
    if advise.level is not Level.EMERGENCY:
        parts += _notes(knowledge, full)
    return variant.headline, [part for part in parts if part]


def _features(knowledge: Knowledge, full: Facts) -> str:
    """Mirror the visitor's own features: "tiny, hard, white, painless and unchanged for about a year"."""
    found = []
    for one in knowledge.words["milia"]["features"]:
        say = one["say"].get(full.get(one["fact"])) or one["say"].get("any")
        if say:
            found.append(say)
    since = full.get("duration_days")
    found[-1] += f" in {_span(since)}" if full.get("change") == "slow_increase" else f" for {_span(since)}"
    return f"{', '.join(found[:-1])} and {found[-1]}"


def _span(days: Any) -> str:
    """Say a duration as people do: "about 3 months"."""
    size, unit = next((size, unit) for size, unit in _DAYS if days >= size)
    count = round(days / size)
    return f"about {'a' if count == 1 else count} {unit}{'' if count == 1 else 's'}"


def _notes(knowledge: Knowledge, full: Facts) -> list[str]:
    return [note.say for note in knowledge.notes if note.condition.holds(full)]


def _booking(knowledge: Knowledge, advise: Advise, full: Facts) -> bool | str:
    """Tell whether the clinic's consultation may be offered now, or only when the visitor asks for it."""
    cosmetic = full.get("age_band") not in ("A0", "A1", "A2", "A3") and "lash_line" not in full.get("location", ())
    if advise.level is Level.ROUTINE:
        return cosmetic
    return "on_request" if advise.level is Level.SELF_CARE and cosmetic else False


def _call(knowledge: Knowledge, key: str) -> dict[str, str]:
    number = knowledge.words["numbers"][key]
    return {"title": number["title"], "number": number["number"], "what": number["what"]}


def _sources(knowledge: Knowledge, keys: tuple[str, ...]) -> tuple[dict[str, str], ...]:
    """Give title and address of each source once."""
    cited = [knowledge.sources[key] for key in dict.fromkeys(keys) if key in knowledge.sources]
    return tuple({"title": one["title"], "url": one.get("url", "")} for one in cited)
