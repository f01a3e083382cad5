"""Read a message: findings, the red flags they fire, facts, and the question of net two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from triage import flags as red_flags
from triage import knowledge as knowledge_files
from triage.errors import KnowledgeError
from triage.expressions import Scene
from triage.files import read_yaml
from triage.flags import RedFlag
from triage.model import Finding, FlagHit, Level, Reading
from understanding import screen as screens
from understanding.answers import Answers
from understanding.facts import FactReader
from understanding.pipeline import FindingPipeline

KNOWLEDGE = Path(__file__).resolve().parent.parent / "knowledge"
SITE = "site"


class Understanding:
    """The lexicon and the red flags, ready to read messages. Safe to share: it keeps no state between messages."""

    def __init__(self, knowledge_dir: Path = KNOWLEDGE, screen: bool = True) -> None:
        self.pipeline = FindingPipeline(knowledge_dir / "language")
        self.concepts = frozenset(self.pipeline.lexicon.parents) | {
            "age",
            "ago",
            "duration",
            "temperature",
            "size",
            "fever",
            "low_temperature",
            "temperature_normal",
        }
        self.flags = red_flags.load(knowledge_dir / "red_flags", self.concepts)
        _check_sources(knowledge_dir, self.flags)
        self._watch = red_flags.Watch(self.flags)
        facts = FactReader(knowledge_dir / "facts.yml", self.concepts, self.pipeline.lexicon.ancestors)
        self.answers = Answers(knowledge_files.load(knowledge_dir), knowledge_dir, facts, self.concepts)

        self.screen = screens.load(knowledge_dir, self.flags) if screen else None

    def check_examples(self, folder: Path = KNOWLEDGE) -> None:
        """Raise KnowledgeError when an example of a red flag does not behave; names the file, the line and the cure."""
        wrong = [
            self._complaint(flag, text, folder)
            for flag in self.flags
            for text in flag.fires
            if not self._fires(flag, text)
        ]
        wrong += [
            self._complaint(flag, text, folder)
            for flag in self.flags
            for text in flag.does_not_fire
            if self._fires(flag, text)
        ]
        if wrong:
            raise KnowledgeError(f"{len(wrong)} example(s) of red flags do not behave:\n" + "\n".join(wrong))

    def _fires(self, flag: RedFlag, text: str) -> bool:
        return flag.id in (hit.flag for hit in self._hits(self.pipeline.findings(text)))

    def _complaint(self, flag: RedFlag, text: str, folder: Path) -> str:
        where = red_flags.place(folder / "red_flags" / flag.file, text)
        should = "does not fire" if text in flag.fires else "fires, and must not"
        return f'{where}: "{text}" {should}. See why with: python -m understanding "{text}" --why {flag.id}'

    def _hits(self, findings: Sequence[Finding], turn: int = 0) -> tuple[FlagHit, ...]:
        return self._watch.fired(self.scene(findings), turn)

    def scene(self, findings: Sequence[Finding], whole: Scene | None = None) -> Scene:
        """Index findings for the rules: by concept and its kinds, and what is background."""
        return Scene.of(findings, self.pipeline.lexicon.ancestors, self.pipeline.lexicon.is_background, whole)

    def read(self, text: str, earlier: Sequence[Finding] = (), question: str | None = None) -> Reading:
        """Read one message in the light of earlier findings and the question it may answer."""
        turn = 1 + max((finding.turn for finding in earlier), default=0)
        found = self.pipeline.findings(text, turn)
        facts, found = self.answers.resolve(question, text, found, turn)
        hits = self._heard(found, earlier, turn, in_one_sentence=question is not None)
        asks = None
        if self.screen and question is None:
            asks = self.screen.question(text, self.pipeline.forms(text), hits[0].level if hits else None)
        return Reading(text, found, hits, facts, asks)

    def _heard(
        self, found: Sequence[Finding], earlier: Sequence[Finding], turn: int, *, in_one_sentence: bool
    ) -> tuple[FlagHit, ...]:
        """Give the red flags of a message in the light of earlier turns.

        What cannot wait may be told in pieces: the signs of earlier turns count. What can wait two weeks is told of one
        bump in one breath; of earlier turns only who, where and which illness or medicine counts, and whatever keeps
        the alarm quiet. An answer speaks of another subject in each sentence. The interview's own rules join the rest.
        """
        hits = self._hits((*self._carried(earlier, self.pipeline.lexicon.carries), *found), turn)
        if not earlier:
            return hits
        told = self._carried(earlier, self.pipeline.lexicon.describes_patient)
        whole = self.scene((*earlier, *found))
        soon = [
            hit
            for part in (_by_sentence(found, self.pipeline.lexicon.describes_patient) if in_one_sentence else [found])
            for hit in self._watch.fired(self.scene((*told, *part), whole), turn)
            if hit.level is Level.SOON
        ]
        return tuple(
            sorted(
                (
                    *(hit for hit in hits if hit.level is not Level.SOON),
                    *{hit.flag: hit for hit in soon}.values(),
                ),
                key=lambda hit: (-hit.level.rank, hit.flag),
            )
        )

    def _carried(self, earlier: Sequence[Finding], counts: Callable[[str], bool]) -> list[Finding]:
        """Give what still counts of earlier turns, with the places its clauses named: "my wrist blistered"."""
        lexicon = self.pipeline.lexicon
        holding = [finding for finding in earlier if finding.holds]
        kept = [finding for finding in holding if counts(finding.concept)]
        clauses = {(finding.turn, finding.clause) for finding in kept}
        places = [
            finding
            for finding in holding
            if (finding.turn, finding.clause) in clauses
            and SITE in lexicon.ancestors(finding.concept)
            and not counts(finding.concept)
        ]
        return kept + places


def _by_sentence(found: Sequence[Finding], always: Callable[[str], bool]) -> list[list[Finding]]:
    """Give the findings sentence by sentence, each with what describes the patient anywhere in the message."""
    return [
        [one for one in found if one.sentence == sentence or always(one.concept)]
        for sentence in sorted({one.sentence for one in found})
    ]


def _check_sources(knowledge_dir: Path, flags: Sequence[RedFlag]) -> None:
    """Raise KnowledgeError when a red flag cites a source that `sources.yml` has not."""
    known = read_yaml(knowledge_dir / "sources.yml")["sources"]
    for flag in flags:
        for tag in flag.source:
            if tag not in known:
                where = red_flags.place(knowledge_dir / "red_flags" / flag.file, tag)
                raise KnowledgeError(
                    f"{where}: the source '{tag}' is not in sources.yml. Add it there or correct the tag."
                )


@lru_cache(maxsize=4)
def load(knowledge_dir: Path = KNOWLEDGE) -> Understanding:
    """Load once per process; raises KnowledgeError when a knowledge file is wrong."""
    return Understanding(knowledge_dir)
