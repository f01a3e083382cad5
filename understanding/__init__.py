"""Words to findings: lexicon, assertion, composition. spaCy lives here, Rasa does not.

>>> from understanding import load
>>> reading = load().read("my lid is so puffy i cant open it and im burning up")
>>> [flag.flag for flag in reading.flags][:1]
['E02']
"""

from __future__ import annotations

from understanding.reader import Understanding, load

__all__ = ["Understanding", "load"]
