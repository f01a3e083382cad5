"""Answers are part of the domain and not of what the classifier learns from."""

from __future__ import annotations

from pathlib import Path

from rasa.shared.importers.importer import TrainingDataImporter

ROOT = Path(__file__).resolve().parents[2]
NLU = "nlu:\n- intent: greet\n  examples: |\n    - hello\n    - hi\n"
DOMAIN = "intents: [greet]\nresponses:\n  utter_stay:\n  - text: Stay.\n"


def importer(folder: Path, answer: str) -> TrainingDataImporter:
    """Give what `rasa train` reads from a project with one answer."""
    (folder / "data").mkdir(exist_ok=True)
    (folder / "config.yml").write_text("importers: [{name: components.importer.AnswersApart}]", encoding="utf-8")
    (folder / "domain.yml").write_text(DOMAIN, encoding="utf-8")
    (folder / "data" / "nlu.yml").write_text(NLU, encoding="utf-8")
    (folder / "data" / "answers.yml").write_text(f"responses:\n  utter_greet:\n  - text: {answer}\n", encoding="utf-8")
    paths = str(folder / "config.yml"), str(folder / "domain.yml"), [str(folder / "data")]
    return TrainingDataImporter.load_from_config(*paths)


def test_a_changed_answer_changes_the_domain_and_nothing_that_is_learnt(tmp_path: Path) -> None:
    one = importer(tmp_path, "Hello.")
    learnt, said = one.get_nlu_data().fingerprint(), one.get_domain().responses
    other = importer(tmp_path, "Good day.")
    assert other.get_nlu_data().fingerprint() == learnt
    assert {name: texts[0]["text"] for name, texts in said.items()} == {"utter_greet": "Hello.", "utter_stay": "Stay."}
    assert other.get_domain().responses["utter_greet"][0]["text"] == "Good day."


def test_our_own_answers_reach_the_domain() -> None:
    paths = str(ROOT / "config.yml"), str(ROOT / "domain.yml"), [str(ROOT / "data" / "responses")]
    assert {"utter_greet", "utter_ask_pain"} <= set(
        TrainingDataImporter.load_from_config(*paths).get_domain().responses
    )
