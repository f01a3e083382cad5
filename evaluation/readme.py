"""Write the measured tables into evaluation/README.md, between its marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from evaluation import calibration, cases, intents, safety, subjects
from evaluation.rates import table

README = Path(__file__).parent / "README.md"
HEAD = ["cases", "program", "level", "reached", "asked", "reached or asked", "missed"]
CALM_HEAD = ["cases", "program", "false alarms", "needless checking questions"]
INTENT_HEAD = ["cases", "messages", "macro-F1", "accuracy", "out-of-scope recall", "a red flag answered instead"]


LOCKED = "-locked"


def write(only: str | None = None) -> None:
    """Measure every committed case file and replace each table in the README; with `only`, the tables of that kind."""
    parts: dict[str, Callable[[], str]] = {
        "safety": safety_part,
        "nlu": nlu_part,
        "calibration": calibration_part,
        "patients": patients_part,
    }
    for kind, part in parts.items():
        if only not in (None, kind):
            continue
        words = part()
        print(words)
        replace(kind, words)


def replace(kind: str, words: str) -> None:
    """Put words between the marks of this kind."""
    text = README.read_text(encoding="utf-8")
    marks = re.compile(f"(<!-- {kind} -->\n).*?(<!-- end of {kind} -->)", re.DOTALL)
    if not marks.search(text):
        raise cases.CaseError(f"{README}: the marks '<!-- {kind} -->' and '<!-- end of {kind} -->' are gone.")
    README.write_text(marks.sub(lambda found: f"{found[1]}\n{words}\n\n{found[2]}", text), encoding="utf-8")


def safety_part() -> str:
    """Give the tables of red flags: the assistant beside the baselines, then kinds and misses of the assistant."""
    levels: list[list[object]] = []
    calm: list[list[object]] = []
    reports: list[str] = []
    for path in cases.own_files("safety"):
        some = cases.read(path, "safety")
        name = path.stem.removeprefix("safety-")
        for program, results in programs(some):
            levels += [[name, program, *row] for row in safety.level_rows(results)]
            calm.append([name, program, *safety.harmless_rates(results)])
            if program == "assistant":
                reports.append(f"### {name}\n\n{safety.report(results)}")
    return "\n\n".join([table(HEAD, levels), table(CALM_HEAD, calm), *reports])


def programs(some: Sequence[cases.Case]) -> list[tuple[str, list[safety.Result]]]:
    """Measure the assistant and the baselines on the same cases."""
    found = [(name, safety.measure(some, subjects.SUBJECTS[name])) for name in ("assistant", "keyword list")]
    levels = subjects.remembered()
    if all(case["id"] in levels for case in some):
        results = [safety.Result(case, safety.Answer(levels[case["id"]])) for case in some]
        found.append(("keyword list with medspaCy's rules", results))
    return found


def nlu_part() -> str:
    """Give the totals of each file of intents, then each file's own tables."""
    totals: list[list[object]] = []
    reports: list[str] = []
    for path in cases.own_files("nlu"):
        results = intents.measure(cases.read(path, "nlu"), subjects.assistant_guess)
        name = path.stem.removeprefix("nlu-")
        totals.append([name, len(results), f"{intents.macro_f1(results):.3f}", *intents.total_rates(results)])
        reports.append(f"### {name}\n\n{intents.report(results)}")
    return "\n\n".join([table(INTENT_HEAD, totals), *reports])


def calibration_part() -> str:
    """Give the table of reliability over the messages that nobody has seen, and draw its figure."""
    files = [path for path in cases.own_files("nlu") if path.stem.endswith(LOCKED)]
    some = [case for path in files for case in cases.read(path, "nlu")]
    judged = calibration.measure(some, subjects.assistant_sureness)
    calibration.FIGURE.write_text(calibration.figure(judged), encoding="utf-8")
    return f"{calibration.report(judged)}\n\n![Right answers over confidence]({calibration.FIGURE.name})"


def patients_part() -> str:
    """Give the tables of the simulated patients, a file at a time."""
    from evaluation import patients

    reports = []
    for path in cases.own_files("patients"):
        visits = patients.measure(cases.read(path, "patients"), subjects.assistant())
        reports.append(f"### {path.stem.removeprefix('patients-')}\n\n{patients.report(visits)}")
    return "\n\n".join(reports)
