"""Find the words of a message that are a name: a title, a shop, a shade, a band. They say nothing about a body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from understanding.text import Word

_ENDS = frozenset(".!?:")
# Small words inside a name: "Skin of the Earth".
_JOINING = frozenset("a & and at for in of on the with 's".split())
# After these a capital marks a sign, not a name: "she has Chest Pain".
_HAVING = frozenset("a had has have having got i is it my severe very with".split())
# Before these quotation marks hold what a person said.
_SAYING = frozenset("he i like said say says she they told".split())
# After these even one capital is a name: "we watched Breathless".
_NAMING = frozenset(
    """
    band book called color colour dr film game label line movie mr mrs ms name named shade song surname team watched
    watching
    """.split()
)
# These say only what is written on them.
_WRITTEN = frozenset("form label page question receipt sheet sign".split())
_LONGEST_QUOTE = 8
_DAYS = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december i dr
    """.split()
)


def places(tokens: Sequence[Word]) -> frozenset[int]:
    """Give the places of all words that belong to a name."""
    plain = [token for token in tokens if token.text[:1].isalpha()]
    if sum(token.text[:1].isupper() for token in plain) * 2 > len(plain):
        return frozenset()  # a shouted message, or every Word With A Capital
    return frozenset((*_capitals(tokens), *_quotes(tokens)))


def _capitals(tokens: Sequence[Word]) -> Iterator[int]:
    """Two capitals in a row, not at the start of a sentence."""
    start = 0
    while start < len(tokens):
        end = start
        while end < len(tokens) and _is_capital(tokens[end]):
            end += 1
            ahead = end
            while ahead < len(tokens) and ahead < end + 3 and tokens[ahead].lower in _JOINING:
                ahead += 1
            if ahead > end and ahead < len(tokens) and _is_capital(tokens[ahead]):
                end = ahead
        opens = start == 0 or tokens[start - 1].lower in _ENDS
        before = "" if start == 0 else tokens[start - 1].lower
        capitals = sum(_is_capital(token) for token in tokens[start:end])
        introduced = bool(capitals) and _is_introduced(tokens, start)
        if introduced:
            yield start - 1  # "my band Purple Blisters" is no band of purple blisters
        if (capitals > 1 + opens and before not in _HAVING) or introduced:
            yield from range(start, end)
        start = max(end, start + 1)


def _is_introduced(tokens: Sequence[Word], start: int) -> bool:
    """Tell whether a naming word stands before: 'the colour Bruised Plum', 'Dr. Stroke'."""
    before = [token.lower for token in tokens[max(0, start - 2) : start]]
    return bool(before) and (before[-1] in _NAMING or (before[-1] in {".", "'", '"', "is"} and before[0] in _NAMING))


def _is_capital(token: Word) -> bool:
    text = token.text
    return text[:1].isupper() and len(text) > 1 and not text.isupper() and token.lower not in _DAYS


def _quotes(tokens: Sequence[Word]) -> Iterator[int]:
    """Give what stands in quotation marks and is nobody's speech."""
    marks = [place for place, token in enumerate(tokens) if token.text in '"“”']
    for opening, closing in zip(marks[::2], marks[1::2], strict=False):
        before = {token.lower for token in tokens[max(0, opening - 3) : opening]}
        speech = not before.isdisjoint(_SAYING) and before.isdisjoint(_WRITTEN)
        if 2 < closing - opening <= _LONGEST_QUOTE + 1 and not speech:
            yield from range(opening + 1, closing)
