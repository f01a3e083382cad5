"""The questions in a message: where one ends and the next begins, or where a story ends and a question begins."""

from __future__ import annotations

import re

MOST = 3
LONGEST = 300  # characters; a story with questions in it is read as a whole
OPENER = (
    r"(?:how|what|what's|whats|when|where|which|who|why|does|do|is|are|can|could|will|would|should|did|has|have|am|may)"
)
ENDS = re.compile(
    rf"(?<=[?!.\n])\s+|\?+(?=\w)|[,;]?\s+(?:and|also|plus|&)\s+(?:also\s+)?(?={OPENER}\b)|[,;]\s+(?={OPENER}\b)",
    re.IGNORECASE,
)
ASKS = re.compile(rf"\?|^\W*(?:and|also|so|but|hi|hello|hey|ok|okay)?[\s,]*{OPENER}\b", re.IGNORECASE)


def parts_of(text: str) -> list[str]:
    """Give the questions of a message if there are several, or one beside something else; else nothing.

    >>> parts_of("Does it hurt, and how much is it?")
    ['Does it hurt', 'how much is it?']
    >>> parts_of("I have a white bump. How much is it?")
    ['How much is it?']
    >>> parts_of("How much is it?")
    []
    """
    if len(text) > LONGEST:
        return []
    pieces = [piece.strip() for piece in re.split(ENDS, text) if piece and piece.strip(" ?!.,")]
    questions = [piece for piece in pieces if ASKS.search(piece)]
    return questions if len(pieces) > 1 and len(questions) <= MOST else []
