"""The public benchmarks: their files are read as published, their rates count what they say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation import cases, clinc, run, vignettes
from evaluation.cases import CaseError
from evaluation.intents import Guess
from evaluation.safety import Answer

VIGNETTE = {"urgency_level": "em", "correct_diagnosis": "Stroke", "case_description": "A man cannot lift his arm."}
CLINC = {"oos_test": [["how far is the moon", "oos"]], "test": [["freeze my account", "freeze_account"]]}


def write(folder: Path, words: str) -> Path:
    """Write a case file."""
    path = folder / "benchmark.json"
    path.write_text(words, encoding="utf-8")
    return path


def result(urgency: str, disposition: str | None, asked: bool = False, milia: bool = False) -> vignettes.Result:
    """A vignette of an urgency with what came of it."""
    case = {**VIGNETTE, "urgency_level": urgency, "id": f"{urgency}-{disposition}"}
    return vignettes.Result(case, Answer(disposition, asked), milia)


def test_a_vignette_gets_its_line_as_its_id(tmp_path: Path) -> None:
    path = write(tmp_path, "\n" + json.dumps(VIGNETTE) + "\n")
    assert cases.read(path, "semigran") == [{**VIGNETTE, "id": "line-2"}]


@pytest.mark.parametrize(
    ("kind", "words", "sentence"),
    [
        ("semigran", json.dumps({**VIGNETTE, "urgency_level": "x"}), "'urgency_level' is 'x'. Use one of em, ne, sc."),
        ("semigran", json.dumps({"urgency_level": "em"}), "line 1: 'correct_diagnosis' is missing; it must be a text."),
        ("clinc", "{", "this is no JSON"),
        ("clinc", json.dumps({"test": CLINC["test"]}), "'oos_test' is missing or no list."),
        ("clinc", json.dumps({**CLINC, "test": ["hi"]}), "'test', entry 0, is no [text, label]."),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_the_cure(tmp_path: Path, kind: str, words: str, sentence: str) -> None:
    path = write(tmp_path, words)
    with pytest.raises(CaseError) as raised:
        cases.read(path, kind)
    assert sentence in str(raised.value)
    assert str(path) in str(raised.value)


def test_vignette_rates() -> None:
    some = [
        result("em", "emergency"),
        result("em", "urgent"),
        result("em", None, asked=True),
        result("ne", "soon"),
        result("ne", None),
        result("sc", "self_care"),
        result("sc", "soon", milia=True),
    ]
    report = vignettes.report(some)
    for row in (
        "emergencies sent to emergency care      | 1/3",
        "emergencies sent to a clinician         | 2/3",
        "emergencies asked about instead         | 1/3",
        "non-emergencies told to see a clinician | 1/2",
        "self-care sent to a clinician           | 1/2",
        "coverage                                | 6/7",
        "called milia                            | 1/7",
    ):
        assert row in report
    assert "Emergencies not sent to emergency care: em-urgent (Stroke), em-None (Stroke)" in report


def test_every_text_of_clinc_is_out_of_scope(tmp_path: Path) -> None:
    some = cases.read(write(tmp_path, json.dumps(CLINC)), "clinc")
    guesses = {"how far is the moon": "out_of_scope", "freeze my account": "ask_cost"}
    results = clinc.measure(some, lambda text: Guess(guesses[text], 0.5))
    assert [one.to_dict() for one in results] == [
        {"id": "oos_test-0", "set": "oos_test", "intent": "out_of_scope", "confidence": 0.5},
        {"id": "test-0", "set": "test", "intent": "ask_cost", "confidence": 0.5},
    ]
    report = clinc.report(results)
    assert "| oos_test | 1/1 = 100.0 %" in report
    assert "| both     | 1/2 = 50.0 %" in report
    assert "| freeze_account | ask_cost  | 1" in report


def test_a_benchmark_needs_its_file(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run.main(["--kind", "clinc"])
    assert "needs --file: that benchmark is not in this repository" in capsys.readouterr().err
