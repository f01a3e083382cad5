"""Each of the questions that visitors ask most gets its own answer."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from actions.topics import is_in, language_of, named_bump, plain, same, table, topic_of
from triage.knowledge import load

RESPONSES = Path(__file__).resolve().parents[2] / "data" / "responses"
FACTS_OF_CLINIC = "clinic_says"

# The clinical brief's FAQ: number, intent, question, topic (None: the answer without a condition).
FAQ = [
    (1, "ask_definition", "What is a milium?", None),
    (2, "ask_appearance", "What do they look and feel like?", None),
    (3, "ask_appearance", "Where do they show up?", "where"),
    (4, "ask_definition", "What is inside them?", "inside"),
    (5, "ask_definition", "Why is it called milk spots?", "nickname"),
    (6, "ask_contagious", "Can I share towels?", None),
    (7, "ask_harmful", "Are they dangerous?", None),
    (8, "ask_harmful", "Do milia itch?", "hurt"),
    (8, "ask_pain", "are milia painful on their own", "bumps"),
    (9, "ask_definition", "How common are they?", "common"),
    (10, "ask_definition", "Are they a type of acne?", "acne"),
    (11, "ask_harmful", "Can they turn into cancer?", "cancer"),
    (12, "ask_causes", "Are they hereditary?", "family"),
    (13, "ask_causes", "Why do I get them?", None),
    (14, "ask_causes", "Does my eye creme cause milia? I use vasaline too, a heavy cream", "cream"),
    (15, "ask_causes", "Did my laser cause them?", "procedure"),
    (16, "ask_causes", "After a burn, is that milia?", "burn"),
    (17, "ask_causes", "Can a tattoo cause milia?", "tattoo"),
    (18, "ask_causes", "Can steroid cream cause milia?", "steroid"),
    (19, "ask_causes", "Can accutain cause milia?", "isotretinoin"),
    (20, "ask_causes", "Is it cholestrol?", "cholesterol"),
    (21, "ask_causes", "Is it a vitamin deficiency?", "diet"),
    (22, "ask_causes", "Is it hormonal, menopause?", "hormones"),
    (23, "ask_causes", "Is it from not washing?", "hygiene"),
    (24, "ask_causes", "Why suddenly so many?", "suddenly"),
    (25, "ask_causes", "Does the sun cause them?", "sun"),
    (34, "ask_appearance", "It's yellow, still milia?", "yellow"),
    (35, "ask_appearance", "It has a black dot", "hole"),
    (36, "ask_appearance", "It's growing", "big"),
    (37, "ask_appearance", "It bleeds", "bleeding"),
    (38, "ask_appearance", "bumps on my genitals", "genital"),
    (39, "ask_appearance", "White bumps in my mouth", "mouth"),
    (40, "ask_appearance", "Can I send you a photo?", "photo"),
    (41, "ask_duration", "Will they go away?", None),
    (42, "ask_home_removal", "How do I get rid of them at home?", None),
    (43, "ask_home_removal", "Can I sqeeze them?", "squeeze"),
    (44, "ask_home_removal", "I already squeezed it, what now?", "squeezed"),
    (45, "ask_home_removal", "Does honey or toothpaste work?", "kitchen"),
    (46, "ask_skincare", "Does retinol help?", "retinoid"),
    (47, "ask_skincare", "Does glycolic acid help?", "acid"),
    (48, "ask_skincare", "What should I avoid?", "avoid"),
    (49, "ask_skincare", "Which sunscreen?", "sunscreen"),
    (50, "ask_skincare", "Can I wear make-up?", "makeup"),
    (51, "ask_prevention", "How do I stop new ones?", None),
    (52, "ask_treatment_options", "How does DERM Lab treat milia?", None),
    (53, "ask_extraction", "How is extraction done?", None),
    (54, "ask_pain", "Is there numbing?", "numbing"),
    (54, "ask_pain", "Does it hurt?", None),
    (55, "ask_electrocautery", "What is electrocautery?", None),
    (56, "ask_downtime", "When can I exercise?", "healing_days"),
    (57, "ask_risks", "Will it scar?", None),
    (58, "ask_sessions", "How many sessions?", "sessions"),
    (59, "ask_prevention", "Will they come back?", "return"),
    (60, "ask_eye_area", "Can you treat right under the eye?", None),
    (61, "ask_treatment_options", "Do you use laser or freezing?", "other_methods"),
    (62, "ask_why_dermatologist", "Dermatologist or esthetician?", None),
    (63, "ask_skin_of_colour", "I have dark skin, is it safe?", None),
    (64, "ask_pregnancy", "I'm pregnant", None),
    (64, "ask_pregnancy", "I'm breastfeeding", "breastfeeding"),
    (65, "ask_risks", "I take blood thinners", "blood_thinner"),
    (65, "ask_risks", "I have a pacemaker", "implant"),
    (65, "ask_risks", "I am on Accutane", "isotretinoin"),
    (66, "ask_risks", "I get keloids", "keloid"),
    (67, "ask_downtime", "before my wedding?", "wedding"),
    (68, "ask_consultation", "What happens at the consultation?", None),
    (69, "ask_aftercare", "What do I do afterwards?", None),
    (69, "ask_aftercare", "What should I do before my treatment?", "before"),
    (70, "ask_aftercare", "After treatment it's red and oozing", "problem"),
    (71, "ask_babies", "Are these white dots on my newborn milia?", None),
    (72, "ask_babies", "When do they go away?", "course"),
    (73, "ask_babies", "What can I put on them?", "care"),
    (74, "ask_babies", "Can I squeeze them?", "squeeze"),
    (75, "ask_babies", "Is it from breast milk?", "milk"),
    (76, "ask_babies", "Milia or baby acne?", "rash"),
    (77, "ask_babies", "White dots on the gums, teeth?", "gums"),
    (78, "ask_babies", "My preemie got none", "preemie"),
    (79, "ask_babies", "When should I worry?", "worry"),
    (80, "ask_babies", "My teen wants them removed", "removal"),
    (82, "ask_cost", "How much does it cost?", "prices"),
    (83, "ask_insurance", "Is it covered by MSP?", "insurance"),
    (84, "ask_consultation", "Do I need a referral?", "referral"),
    (85, "ask_clinic_info", "What are your hours?", "opening_hours"),
    (87, "ask_privacy", "Who sees what I type?", None),
    (88, "ask_clinic_info", "I have no family doctor", "doctor"),
]
COMPARED = [  # FAQ 26 to 33
    ("whiteheads", "D-01"),
    ("is it milia or syringoma", "D-03"),
    ("xanthelasma", "D-04"),
    ("sebaceous hyperplasia", "D-02"),
    ("molluscum", "D-05"),
    ("a stye", "D-09"),
    ("chalazion", "D-10"),
    ("skin cancer", "D-13"),
    ("flat wart", "D-06"),
    ("skin tag", "D-07"),
    ("fordyce spots", "D-12"),
    ("keratosis pilaris", "D-11"),
]


def variations() -> dict[str, list[dict[str, object]]]:
    """Give the variations of every response."""
    files = (yaml.safe_load(path.read_text(encoding="utf-8"))["responses"] for path in RESPONSES.glob("*.yml"))
    return {name: found for file in files for name, found in file.items()}


def topics_of(response: list[dict[str, object]]) -> list[str]:
    """Give the topics that a response tells apart."""
    return [one["condition"][0]["value"] for one in response if "condition" in one]  # type: ignore[index]


@pytest.mark.parametrize(("number", "intent", "question", "topic"), FAQ)
def test_a_question_gets_its_own_answer(number: int, intent: str, question: str, topic: str | None) -> None:
    assert topic_of(intent, question, {}) == topic
    if topic and topic not in load().clinic:
        assert topic in topics_of(variations()[f"utter_{intent}"])


@pytest.mark.parametrize(("said", "condition"), COMPARED)
def test_a_named_bump_is_compared(said: str, condition: str) -> None:
    assert named_bump(None, said) == condition


def test_every_topic_has_an_answer_and_every_answer_a_topic() -> None:
    clinic, responses = set(load().clinic), variations()
    for intent, topics in table()["intents"].items():
        answers = set(topics_of(responses[f"utter_{intent}"]))
        with_words = {topic for topic in topics if topic not in {*clinic, "default"}}
        assert with_words - answers == set(), intent
        if set(topics) & clinic:
            assert FACTS_OF_CLINIC in answers, intent


def test_a_young_patient_comes_first() -> None:
    assert topic_of("ask_skincare", "does retinol help", {"who": "baby"}) == "newborn"


@pytest.mark.parametrize(
    ("word", "said", "alike"),
    [
        ("bleed*", "bleeding", True),
        ("retinol", "retinal", True),
        ("vaseline", "vasaline", True),
        ("sun", "son", False),
        ("sunscreen*", "sunscreens", True),
        ("cream*", "dream", False),
    ],
)
def test_words_are_compared_with_one_slip_in_long_ones(word: str, said: str, alike: bool) -> None:
    assert same(word, said) is alike


def test_a_phrase_must_stand_in_a_row() -> None:
    assert is_in("eye cream", plain("My EYE-CREAM, eye cream!"))
    assert not is_in("eye cream", plain("cream for the eye"))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("我脸上有白色小疙瘩", "zh"),
        ("目の下に白いぶつぶつがあります", "ja"),
        ("눈 밑에 하얀 알갱이가 있어요", "ko"),
        ("زیر چشمم دانه های سفید دارم", "fa"),
        ("ਮੇਰੀ ਅੱਖ ਹੇਠਾਂ ਚਿੱਟੇ ਦਾਣੇ ਹਨ", "pa"),
        ("У меня белые точки под глазом", "ru"),
        ("Bonjour, j'ai des petits boutons blancs sous les yeux", "fr"),
        ("Hola, tengo unos puntos blancos en los ojos", "es"),
        ("I have milia and my doctor said c'est la vie", None),
        ("", None),
        ("😂😂", None),
        ("hi", None),
        ("I use La Roche Posay on my face", None),
    ],
)
def test_other_languages_are_noticed(text: str, language: str | None) -> None:
    assert language_of(text) == language
