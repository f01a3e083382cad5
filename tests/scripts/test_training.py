"""What is shown when the training fails."""

from __future__ import annotations

from scripts import training

WORDS = """Processed trackers: 5%, 3.1it/s
Traceback (most recent call last):
  File "x.py", line 1, in train
triage.errors.KnowledgeError: 1 example(s) of red flags do not behave:
U06.yml:21: "hot" does not fire.

The above exception was the direct cause of the following exception:
rasa.engine.exceptions.GraphComponentException: Error running graph component."""


def test_our_own_complaint_is_shown_without_rasas_traceback() -> None:
    complaint = "triage.errors.KnowledgeError: 1 example(s) of red flags do not behave:"
    assert training.last_words(WORDS) == f'{complaint}\nU06.yml:21: "hot" does not fire.'


def test_another_error_is_shown_by_its_end_without_progress_bars() -> None:
    assert training.last_words("a: 3it/s\nboom\nbang") == "boom\nbang"


def test_facts_of_the_clinic_and_the_choice_of_answers_need_no_training() -> None:
    names = {file.relative_to(training.ROOT).as_posix() for file in training.trained_from()}
    assert "knowledge/clinic.yml" in training.READ_LATER
    assert names & set(training.READ_LATER) == set()
    assert {"config.yml", "data/responses/clinic.yml", "knowledge/levels.yml"} <= names
    assert all((training.ROOT / name).is_file() for name in training.READ_LATER)


def test_code_that_only_carries_messages_needs_no_training() -> None:
    names = {file.relative_to(training.ROOT).as_posix() for file in training.trained_by()}
    carriers = {f"components/{name}.py" for name in training.CARRIERS}
    assert (names & carriers, [one for one in carriers if not (training.ROOT / one).is_file()]) == (set(), [])
    assert {"components/intent_classifier.py", "triage/engine.py", "uv.lock"} <= names
