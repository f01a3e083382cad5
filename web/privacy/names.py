"""What may be a person's name in a text: a word after "my name is", a title and a word, a known given name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module

# Lists of names in Latin letters from the countries whose people live in British Columbia.
PLACES = ("en_GB", "en_IN", "en_US", "es_MX", "fr_FR", "de_DE", "it_IT", "pl_PL")
# Given names that are everyday words, or things that people write about here. Only a cue makes them a name.
EVERYDAY = frozenset(
    """
    abby alba amber an angel april art august autumn ava back bay bill billy bobby bonny brook buddy can candy
    carry cat charity chase cherry christian chuck clay cliff coral cord crystal cute daisy dale dan dawn dean
    dee derma diane dick doc dolly don dong dot drew earnest eden edit ella else ember emery eve faith fern
    flora forum frank gale gay gene german ginger glen grace grant grit guy hans harm harmony harsh haven hazel
    heather holly honey hope hunter iris ivy ja jack jade jan jasmine jean jen jerry jewel jo job joy joyce june
    junior kay ken king kitty lacy lance laurel le lee lily lip lore lou lucky ma marina marine mark martin
    mason may maybe me mercedes mercy merry mia mike mini misty my nada niche nick nova off ok olive opal pam
    pat patience pearl peer peg penny pepper pierce pip poppy prince queen rain ray read reed regina rich rick
    rob robin rocky roger roman rose ruby rusty sage sandy sara savannah scarlet see shade sharp shell sherry
    skip sky so sole sonny star stella sterling stone storm sue summer sunny sydney tad tan tanner teal terra
    theres tiffany till tim tom tony trinidad trinity trip tu van vi victor victoria violet vita vivid wade ward
    will willow win winter wood woody yo you young yu zinnia
    """.split()
)
NAME_WORD = r"[^\W\d_][^\W\d_'’-]+"
# After these one or two words are a name, whatever their case.
TOLD = re.compile(
    rf"\b(?:my name(?: is|'s|’s)|name is|name's|named|i am called|i'm called|call me|sincerely,?|signed,?|regards,?)\s+"
    rf"(?P<name>{NAME_WORD}(?:\s+{NAME_WORD})?)",
    re.IGNORECASE,
)
# After these a word with a capital is one.
TITLED = re.compile(
    r"\b(?:[Mm](?:rs?|s|iss)|[Dd]r|[Dd]octor|[Tt]his is)\.?\s+(?P<name>[^\W\d_a-z]\w+(?:\s+[^\W\d_a-z]\w+)?)"
)
NO_NAME = frozenset(
    """
    a about after also an and are as at back because but by calling can could doctor for from have he here hi
    how i if im in is it its just lol maybe me my no not now of on or please she so thanks that the there they
    this to today tomorrow want was were what when will with wondering would writing you
    """.split()
)


@cache
def given_names() -> frozenset[str]:
    """Give the known given names in lower case, without those that are everyday words."""
    lists = [import_module(f"faker.providers.person.{place}").Provider for place in PLACES]
    names = {str(name).casefold() for one in lists for name in getattr(one, "first_names", ())}
    return frozenset(name for name in names if len(name) > 2 and name not in EVERYDAY)


def places(text: str) -> Iterator[tuple[int, int]]:
    """Give begin and end of everything in the text that may be a person's name; overlaps are possible."""
    for pattern in (TOLD, TITLED):
        for found in pattern.finditer(text):
            yield from trimmed(text, *found.span("name"))
    for word in re.finditer(NAME_WORD, text):
        if word.group().casefold().removesuffix("'s").removesuffix("’s") in given_names():
            yield word.start(), end_of_name(text, word.end())


def trimmed(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a name off before the first word that is none: "my name is ana and my eye hurts"."""
    stop = begin
    for word in re.finditer(r"\S+", text[begin:end]):
        if word.group().casefold() in NO_NAME:
            break
        stop = begin + word.end()
    if stop > begin:
        yield begin, stop


def end_of_name(text: str, end: int) -> int:
    """Take a family name in: the next word, if it has a capital and the text is not written in capitals."""
    family = re.match(r"\s+(?P<name>[^\W\d_a-z][a-zà-ÿ-]+)", text[end:])
    return end + family.end() if family and family["name"].casefold() not in NO_NAME else end
