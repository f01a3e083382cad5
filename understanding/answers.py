"""Replies to a question: "no", "none of these", "33", "yes a bit", "i can't tell" mean what the question asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from triage.errors import KnowledgeError
from triage.facts import UNKNOWN
from triage.files import read_yaml
from triage.model import Assertion, Finding
from triage.records import Knowledge, Question
from understanding import asides, counted, denials, quantities, segments
from understanding.facts import FactReader
from understanding.lexicon import parse_phrases
from understanding.matcher import Matcher
from understanding.text import Word, words

_AT_THE_START = ("yes", "mostly_yes", "somewhat", "no")
_MOSTLY_YES, _ALONE = "mostly_yes", 2  # words of a sentence that says no more than that
_OF_BABIES = ("baby_well", "baby_unwell")
_LETTERS = {"n": "no", "y": "yes"}
_PRONOUNS = frozenset(("they", "it", "these", "those", "each", "all", "both", "some"))
_LASTING = frozenset(("for", "since", "past", "last", "now", "over", "been"))
_SAYS_SOMETHING = 3  # words
_SHORT = 8  # words, with signs
BLEEDING = "bleeding"
ALONE = "number_one"  # "1 only, noticed it like 6 8 wks ago" is one, whatever other numbers stand there
_NEGATIONS = frozenset(
    """
    no not never none nothing nobody nor neither without donot isnot havenot wasnot willnot cannot nae nope nowt zero
    """.split()
)
_COUNTED = frozenset(("x", "times", "twice", "once", "pregnant", "every", "each", "per"))
_ALARMING = ("yes", "growing", "changing", "crops")
_NOT_OWN = (Assertion.OTHER_PERSON, Assertion.HYPOTHETICAL)
_LOOK = ("colour", "feel", "top", "size_mm")
_FEELS = (*_LOOK, "number", "change", "duration_days", "onset")
_WEIGHTY = frozenset(  # what is heard at any time, whatever was asked
    (
        *("bleeding", "sore", "pain", "pus", "fever", "unwell", "eye_signs", "lash_loss"),
        *("weak_immunity", "past_skin_cancer", "isotretinoin", "pregnancy"),
    )
)


@dataclass(frozen=True)
class Sentence:
    """One sentence of a reply: its words, its findings, and the short replies in it."""

    words: tuple[Word, ...]
    findings: tuple[Finding, ...]
    replies: frozenset[str]


class Answers:
    """Understands replies in the light of the question; shared between messages, keeps no state."""

    def __init__(self, knowledge: Knowledge, folder: Path, reader: FactReader, concepts: frozenset[str]) -> None:
        """Read the short replies of `replies.yml`; raises KnowledgeError for an unknown concept under `hears`."""
        for one in knowledge.questions:
            for concept in one.hears:
                if concept not in concepts:
                    raise KnowledgeError(
                        f"questions.yml: {one.id}: 'hears' uses the concept '{concept}', which no file in language/ "
                        "defines. Add it there or correct the name."
                    )
        self._questions = {question.id: question for question in knowledge.questions}
        self._reader = reader
        self._replies = Matcher(
            one
            for reply, phrases in read_yaml(folder / "replies.yml").items()
            for phrase in phrases
            for one in parse_phrases(str(reply), phrase, {}, "replies.yml")
        )

    def resolve(
        self, question: str | None, text: str, findings: Sequence[Finding], turn: int = 0
    ) -> tuple[dict[str, Any], tuple[Finding, ...]]:
        """Give the facts of a message, and its findings as they are meant, with those that a bare yes or no adds."""
        tokens = words(text)
        parts = segments.cut(tokens)
        asked = self._questions.get(question or "")
        if asked is None:
            return self._volunteered(findings, self._sentences(tokens, parts, findings)), tuple(findings)
        findings = asides.reread(tokens, parts, findings, self._reader.ancestors)
        if "size" in asked.about and "growth" not in asked.about:
            findings = asides.compared(tokens, parts, findings, self._reader.ancestors)
        sentences = self._sentences(tokens, parts, findings)
        facts = self._reader.facts(asides.of_the_bump(findings, self._reader.ancestors))
        heard = {fact for fact, value in facts.items() if "." not in fact and _listens(asked, fact, value)}
        told = {fact: value for fact, value in facts.items() if fact.partition(".")[0] in heard}
        told.update(self._counted(asked, sentences))
        if "duration_days" in asked.settles and "duration_days" not in told and (days := counted.lasting(sentences)):
            told["duration_days"] = days
        unsure = any("unknown" in sentence.replies for sentence in sentences)
        heard_so = [
            (fact, value)
            for fact, value in _heard_as(asked, findings, self._reader)
            if value in _ALARMING or not unsure
        ]
        told.update({fact: value for fact, value in heard_so if not _denies(value) and _adds(told, fact, value)})
        if not told and _speaks_of_something_else(sentences):
            told.update(self._volunteered(findings, sentences))
        said = set(told)
        _settle(asked, told, sentences, self._reader)
        told.update({fact: value for fact, value in heard_so if told.get(fact) is None})
        told["unsaid"] = sorted(set(told) - said)
        if any("corrects" in sentence.replies for sentence in sentences):
            told["corrects"] = "yes"
        if any("refuses" in sentence.replies for sentence in sentences) and not _tells(asked, told):
            told["refuses"] = "yes"
        return told, (*findings, *_added(asked, told, text, sentences, turn))

    def _sentences(self, tokens: Sequence[Word], cut: segments.Segments, findings: Sequence[Finding]) -> list[Sentence]:
        matches = self._replies.find([token.stem for token in tokens], [token.lower for token in tokens])
        inside: dict[int, list[Finding]] = {}
        for finding in findings:
            inside.setdefault(finding.sentence, []).append(finding)
        replies: dict[int, set[str]] = {}
        for match in matches:
            number = cut.sentence[match.start]
            if match.concept not in _AT_THE_START or match.start == cut.sentences[number][0]:
                replies.setdefault(number, set()).add(match.concept)
        for number, (start, end) in enumerate(cut.sentences):
            said = replies.get(number, set())
            letter = tokens[start].text.lower() if sum(token.text.isalpha() for token in tokens[start:end]) == 1 else ""
            if letter in _LETTERS:
                replies.setdefault(number, said).add(_LETTERS[letter])
            if denials.denied(tokens[start:end]):
                replies[number] = said = (said - {"yes", "somewhat", _MOSTLY_YES}) | {"no"}
            if said <= {"somewhat", _MOSTLY_YES} and asides.only_touched([token.stem for token in tokens[start:end]]):
                replies[number] = said = {"no"}  # "only if I squeeze it": not by itself
            if _MOSTLY_YES in said:
                said.remove(_MOSTLY_YES)
                said.update({"yes"} if sum(token.lower.isalpha() for token in tokens[start:end]) <= _ALONE else ())
        return [
            Sentence(tuple(tokens[start:end]), tuple(inside.get(number, ())), frozenset(replies.get(number, ())))
            for number, (start, end) in enumerate(cut.sentences)
        ]

    def _volunteered(self, findings: Sequence[Finding], sentences: Sequence[Sentence]) -> dict[str, Any]:
        """Without a question, take the look of a bump only from sentences that speak of bumps."""
        facts = self._reader.facts(findings)
        bumps = [sentence for sentence in sentences if _speaks_of_bumps(sentence)]
        about = self._reader.facts([finding for sentence in bumps for finding in sentence.findings])
        look = self._reader.facts([finding for sentence in bumps for finding in _beside_a_bump(sentence)])
        kept = {fact: value for fact, value in facts.items() if fact.partition(".")[0] not in _FEELS}
        kept.update({fact: value for fact, value in about.items() if fact.partition(".")[0] in _FEELS[len(_LOOK) :]})
        kept.update({fact: value for fact, value in look.items() if fact.partition(".")[0] in _LOOK})
        if _mixed_colours(findings, self._reader):
            kept.pop("colour", None)
        if len(kept.get("location", ())) > 1:
            kept.pop("location")
        if not any(_lasting(sentence) for sentence in bumps):
            kept.pop("duration_days", None)
        if "number" not in kept and any(_plural(sentence) for sentence in bumps):
            kept["number"] = "few"
        return kept

    def _counted(self, asked: Question, sentences: Sequence[Sentence]) -> dict[str, Any]:
        """Read bare numbers: an age, or how many."""
        if "age_band" in asked.settles:
            days = counted.age(sentences)
            return {"age_days": days} if days is not None else {}
        told: dict[str, Any] = {}
        alone = any(one.concept == ALONE and one.holds for sentence in sentences for one in sentence.findings)
        if "number" in asked.settles and not alone and (count := counted.count(sentences)):
            told["number"] = "one" if count == 1 else "few" if count <= 10 else "many"
        if "fever" in asked.settles and (degrees := counted.degrees(sentences)):
            told["fever"] = "yes" if degrees >= quantities.FEVER else "no"
            told.update({"unwell": "yes"} if degrees < quantities.LOW and asked.id in _OF_BABIES else {})
        if "size_mm" in asked.settles and (size := counted.size(sentences)):
            told["size_mm"] = size
        return told


def _speaks_of_something_else(sentences: Sequence[Sentence]) -> bool:
    """Tell whether a reply is one short sentence that neither agrees nor denies: "she's 3 weeks old"."""
    if len(sentences) != 1 or sentences[0].replies:
        return False
    said = [word.lower for word in sentences[0].words]
    return len(said) <= _SHORT and _NEGATIONS.isdisjoint(said)


def _listens(asked: Question, fact: str, value: Any) -> bool:
    """Tell whether a fact is heard: what was asked about, and alarms, ages and wishes at any time."""
    if fact in (*asked.settles, *asked.also) or fact == "wants" or (value == "yes" and fact in _WEIGHTY):
        return True
    closed = asked.safety is not None or "history" in asked.about
    return not closed and fact in _LOOK


def _heard_as(asked: Question, findings: Sequence[Finding], reader: FactReader) -> Iterator[tuple[str, Any]]:
    """Give what words mean only as an answer to this question; a denial may be told in any tense: "had acne once"."""
    kinds = [(one, {one.concept, *reader.ancestors(one.concept)}) for one in findings if one.assertion not in _NOT_OWN]
    for concept, group in asked.hears.items():
        told = [one for one, kind in kinds if concept in kind]
        for fact, value in group.items():
            if any(one.holds or value not in _ALARMING for one in told):
                yield fact, value


def _denies(value: Any) -> bool:
    return value in ("no", ["none"])


def _adds(told: dict[str, Any], fact: str, value: Any) -> bool:
    return value in _ALARMING or told.get(fact) is None


def _tells(asked: Question, told: dict[str, Any]) -> bool:
    return any(told.get(fact) not in (None, UNKNOWN) for fact in asked.settles)


def _settle(asked: Question, told: dict[str, Any], sentences: Sequence[Sentence], reader: FactReader) -> None:
    """Apply bare replies and what a reply left unsaid."""
    bare = [sentence for sentence in sentences if not _on_topic(asked, sentence, reader)]
    refused = any("refuses" in sentence.replies for sentence in sentences)
    unknown = any("unknown" in sentence.replies for sentence in sentences)
    somewhat = any("somewhat" in sentence.replies and "no" not in sentence.replies for sentence in bare)
    says_yes = any("yes" in sentence.replies for sentence in bare) or (somewhat and asked.means is not None)
    says_no = any("no" in sentence.replies for sentence in bare)
    unclear = any(_unclear(sentence, reader) for sentence in sentences)
    topical = any(fact in told for fact in (*asked.settles, *asked.also))
    if asked.means == BLEEDING and unclear and not (topical or says_yes or says_no or unknown):
        says_yes = True  # "every time I dry my face it starts": no denial in it
    several = bool(asked.unsaid) and len(asked.about) > 2
    doubt = several and (somewhat or says_yes)
    if doubt and len(sentences) > 1:  # a later "yes" is about a subject that nobody can name: neither yes nor no
        says_yes = says_yes and "yes" in sentences[0].replies
    if refused:
        return
    if says_yes and not says_no and not topical:
        told.update(asked.yes)
    elif says_no and not says_yes and not doubt:
        spelled_out = several and len(sentences) > 1  # then each "no" is about a subject of its own
        denied = {fact: value for fact, value in asked.no.items() if not spelled_out or fact in asked.unsaid}
        told.update({fact: value for fact, value in denied.items() if fact not in told})
    elif unknown and not topical:
        told.update(dict.fromkeys((fact for fact in asked.settles if not asked.unsaid), UNKNOWN))
    if (topical or says_no or _tells(asked, told)) and not (doubt or somewhat):
        told.update({fact: value for fact, value in asked.unsaid.items() if fact not in told})


def _unclear(sentence: Sentence, reader: FactReader) -> bool:
    """Tell whether a sentence says something that is neither understood nor a denial: it may tell a danger."""
    said = [word.lower for word in sentence.words if word.lower.isalpha()]
    if len(said) < _SAYS_SOMETHING or sentence.replies or not _NEGATIONS.isdisjoint(said):
        return False
    return not any("." not in fact for fact in reader.facts(sentence.findings))


def _on_topic(asked: Question, sentence: Sentence, reader: FactReader) -> bool:
    """Tell whether the sentence says something of its own about what was asked."""
    heard = {concept for fact in (*asked.settles, *asked.also) for concept in reader.concepts(fact)}
    return bool(set(reader.facts(sentence.findings)) & {*asked.settles, *asked.also}) or any(
        finding.concept in heard for finding in sentence.findings
    )


def _added(
    asked: Question, told: dict[str, Any], text: str, sentences: Sequence[Sentence], turn: int
) -> tuple[Finding, ...]:
    """Make a finding of a bare yes or no to a question that speaks of one concept."""
    if not asked.means or asked.means not in told:
        return ()
    if any(finding.concept == asked.means for sentence in sentences for finding in sentence.findings):
        return ()
    meant = {"yes": Assertion.PRESENT, "no": Assertion.ABSENT, "past": Assertion.PAST}.get(told[asked.means])
    if meant is None:
        return ()
    return (Finding(asked.means, meant, text, 0, len(text), evidence=f"answer to '{asked.id}'", turn=turn),)


def _speaks_of_bumps(sentence: Sentence) -> bool:
    first = sentence.words[0].lower
    return first in _PRONOUNS or any(_is_bump(finding) for finding in sentence.findings)


def _beside_a_bump(sentence: Sentence) -> list[Finding]:
    """Give the findings of the clauses that speak of a bump; "they are hard and white" is all about bumps."""
    if sentence.words[0].lower in _PRONOUNS:
        return list(sentence.findings)
    clauses = {finding.clause for finding in sentence.findings if _is_bump(finding)}
    return [finding for finding in sentence.findings if finding.clause in clauses]


def _is_bump(finding: Finding) -> bool:
    return finding.concept in asides.BUMP_CONCEPTS


def _lasting(sentence: Sentence) -> bool:
    """Tell whether a span in the sentence is how long something has lasted, not how often or how far along."""
    told = {word.lower for word in sentence.words}
    return bool(told & _LASTING) and not told & _COUNTED


def _plural(sentence: Sentence) -> bool:
    """ "bumps" are more than one."""
    return any(_is_bump(one) and one.text.lower().rstrip(".,!?").endswith("s") for one in sentence.findings)


def _mixed_colours(findings: Sequence[Finding], reader: FactReader) -> bool:
    colours = {finding.concept for finding in findings if finding.holds}
    return len(colours & reader.concepts("colour")) > 1
