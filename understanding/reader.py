"""Read a message: findings, the red flags they fire, facts, and the question of net two."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from triage import flags as red_flags
from triage import knowledge as knowledge_files
from triage.model import Finding, Reading
from understanding import screen as screens
from understanding.answers import Answers
from understanding.facts import FactReader
from understanding.pipeline import FindingPipeline

KNOWLEDGE = Path(__file__).resolve().parent.parent / "knowledge"


class Understanding:
    """The lexicon and the red flags, ready to read messages. Safe to share: it keeps no state between messages."""

    def __init__(self, knowledge_dir: Path = KNOWLEDGE, screen: bool = True) -> None:
        self.pipeline = FindingPipeline(knowledge_dir / "language")
        self.concepts = frozenset(self.pipeline.lexicon.parents) | {"age", "ago", "duration", "temperature", "size", "fever", "low_temperature", "temperature_normal"}
        self.flags = red_flags.load(knowledge_dir / "red_flags", self.concepts)
        facts = FactReader(knowledge_dir / "facts.yml", self.concepts, self.pipeline.lexicon.ancestors)
        self.answers = Answers(knowledge_files.load(knowledge_dir), knowledge_dir, facts)

        self.screen = screens.load(knowledge_dir, self.flags) if screen else None

    def read(self, text: str, earlier: Sequence[Finding] = (), question: str | None = None) -> Reading:
        """Read one message in the light of earlier findings and the question it may answer."""
        turn = 1 + max((finding.turn for finding in earlier), default=0)
        found = self.pipeline.findings(text, turn)
        facts, implied = self.answers.resolve(question, text, found, turn)
        found = (*found, *implied)
        context = [finding for finding in earlier if finding.holds]
        hits = red_flags.fired(self.flags, (*context, *found), turn, self.pipeline.lexicon.ancestors)
        asks = self.screen.question(text) if self.screen and not hits and question is None else None
        return Reading(text, found, hits, facts, asks)


@lru_cache(maxsize=4)
def load(knowledge_dir: Path = KNOWLEDGE) -> Understanding:
    """Load once per process; raises KnowledgeError when a knowledge file is wrong."""
    return Understanding(knowledge_dir)
