"""The safety gate: on the develop files no level may lose recall and harmless messages may not raise more alarms.

Rules and net two read every file; one file goes through the trained assistant, too, which takes ten times as long.
`python -m evaluation.gate` compares with baseline.json; `--write` replaces it: for a pull request that says why.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from evaluation import cases, safety, subjects

BASELINE = Path(__file__).parent / "baseline.json"
THROUGH_RASA = "safety-corpus-develop"
MORE_IS_WORSE = ("false alarms", "needless questions", "not answered")
Counts = dict[str, int]


def main(words: Sequence[str] = ()) -> int:
    """Measure the develop files and compare; give 1 when something got worse."""
    files = [path for path in cases.own_files("safety") if path.stem.endswith("-develop")]
    found = {path.stem: counts(measured(path, subjects.rules_answer)) for path in files}
    whole = next(path for path in files if path.stem == THROUGH_RASA)
    found[f"{THROUGH_RASA} through Rasa"] = counts(measured(whole, subjects.assistant_answer))
    if "--write" in words:
        BASELINE.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
        print(f"Wrote {BASELINE.name}. Say in the pull request why each number that got worse may.")
        return 0
    worse = regressions(found, json.loads(BASELINE.read_text(encoding="utf-8")))
    for sentence in worse:
        print(sentence)
    print(f"Safety gate: {sum(map(len, found.values()))} numbers compared, {len(worse)} worse than {BASELINE.name}")
    return 1 if worse else 0


def measured(path: Path, answer: Callable[[str], safety.Answer]) -> list[safety.Result]:
    """Put a file of cases to the rules or to the assistant."""
    return safety.measure(cases.read(path, "safety"), answer)


def counts(results: Sequence[safety.Result]) -> Counts:
    """Count what must not get worse."""
    found = {"cases": len(results)}
    for level in cases.LEVELS[:-1]:
        if some := safety.at(results, level):
            found[f"{level} reached"] = sum(one.reached for one in some)
            found[f"{level} reached or asked"] = sum(not one.missed for one in some)
    alarms, asked = safety.harmless_rates(results)
    silent = sum(one.answer.silent for one in results)
    return {**found, "false alarms": alarms.hits, "needless questions": asked.hits, "not answered": silent}


def regressions(found: dict[str, Counts], baseline: dict[str, Counts]) -> list[str]:
    """Say everything that is worse than the baseline, or that cannot be compared with it."""
    sentences = []
    for name in sorted({*found, *baseline}):
        now, before = found.get(name, {}), baseline.get(name, {})
        if now.keys() != before.keys() or now["cases"] != before["cases"]:
            cure = "Run 'python -m evaluation.gate --write'."
            sentences.append(f"{name}: the cases are not those of {BASELINE.name}. {cure}")
            continue
        for what, count in now.items():
            change = count - before[what] if what in MORE_IS_WORSE else before[what] - count
            if change > 0:
                sentences.append(f"{name}: {what} was {before[what]} of {before['cases']} cases and is now {count}.")
    return sentences


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
