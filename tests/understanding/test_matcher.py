"""Finding phrases in a tokenised message."""

from __future__ import annotations

from pathlib import Path

from understanding.lexicon import load
from understanding.matcher import Matcher


def test_what_an_exception_covers_is_not_found(tmp_path: Path) -> None:
    """A word inside an exception of its concept is no finding; elsewhere in the message it is."""
    (tmp_path / "a.yml").write_text("concepts:\n  eye:\n    words: [eye]\n    except: [eye cream, under my? eye]\n")
    words = "my eye cream stings under my eye and in the eye".split()
    assert [(one.concept, one.start) for one in Matcher(load(tmp_path).phrases).find(words)] == [("eye", 10)]
