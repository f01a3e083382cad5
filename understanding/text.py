"""From raw characters to tokens: Unicode folding, contractions, stems, with offsets into the visitor's own text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

_STEMMER = snowballstemmer.stemmer("english")
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "…": "."}
)
_TOKEN = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+(?:'[^\W\d_]+)*|°|%|[^\w\s]|_")
# "fluid-filled" is read as "fluid filled"; "twenty-one" and "three-week-old" keep their hyphen.
_NUMBER_WORDS = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|hours?|days?|weeks?|wks?|months?|mos?|years?|yrs?|old"
)
_HYPHENATED = re.compile(rf"\b(?!(?:{_NUMBER_WORDS})-)([^\W\d_]+)-(?=[^\W\d_])(?!(?:{_NUMBER_WORDS})\b)")
_SPELLED_OUT = re.compile(r"\b(?:[a-z][ .\-]){3,}[a-z]\b")
_ELONGATED = re.compile(r"(.)\1{2,}")

# Latin look-alikes that fold to the letter a reader sees (Cyrillic and Greek homoglyphs are not touched by NFKC).
_LOOKALIKES = str.maketrans("аеорсухіјѕԁԛԝһӏαοενικρτ", "aeopcyxijsdqwhlaoevikpt")

CONTRACTIONS: dict[str, tuple[str, ...]] = {
    word: tuple(value.split())
    for value, words in {
        "cannot": "can't cant cannot cnt couldn't couldnt carn't cannae canny",
        "willnot": "won't wont wouldn't wouldnt",
        "donot": "don't dont doesn't doesnt didn't didnt dosent dosnt doesn duzzent dunno",
        "isnot": "isn't isnt aren't arent ain't aint",
        "wasnot": "wasn't wasnt weren't werent",
        "havenot": "haven't havent hasn't hasnt hadn't hadnt",
        "shouldnot": "shouldn't shouldnt",
        "i am": "i'm im iam",
        "i have": "i've ive",
        "i will": "i'll",
        "i would": "i'd id",
        "it is": "it's",
        "its": "its",
        "he is": "he's hes",
        "she is": "she's shes",
        "they are": "they're theyre",
        "they have": "they've theyve",
        "we are": "we're",
        "we have": "we've weve",
        "you are": "you're youre ur",
        "that is": "that's thats",
        "there is": "there's theres",
        "what is": "what's whats",
        "who is": "who's",
        "going to": "gonna gunna",
        "want to": "wanna",
        "got to": "gotta",
        "kind of": "kinda",
        "sort of": "sorta",
        "with": "w wiv wth",
        "without": "w/o",
        "and": "n &",
        "because": "bc cuz coz cos becuz",
        "you": "u",
        "are": "r",
        "to": "2b",
        "through": "thru",
        "though": "tho",
        "tonight": "tonite 2nite",
        "night": "nite",
        "tomorrow": "tmrw tmr tmw",
        "right now": "rn",
        "please": "pls plz",
        "something": "smth sth",
        "about": "abt",
        "people": "ppl",
        "week": "wk wks weeks",
        "month": "mos mths mth months mnth mnths munth munths",
        "year": "yr yrs years",
        "hour": "hr hrs hours",
        "minute": "mins minutes",
        "day": "days",
        "before": "b4",
        "a lot": "alot",
    }.items()
    for word in words.split()
}
# Forms of one word that share a stem: irregular verbs, British and American, and misspellings that lie nearer to
# another word. Not here: forms that are words of their own (left, bit, torn, drunk, gone).
_VARIANTS: dict[str, str] = {
    wrong: right
    for right, wrongs in {
        "anesthetic": "anaesthetic",
        "begin": "began begun",
        "bite": "bitten",
        "bleed": "bled blead bleads bleding",
        "break": "broke broken",
        "burn": "burnt",
        "come": "came",
        "creep": "crept",
        "drink": "drank",
        "eat": "ate eaten",
        "feed": "fed",
        "feel": "felt",
        "freeze": "froze frozen",
        "give": "gave given",
        "glue": "gluing glueing",
        "grow": "grew grown",
        "hide": "hid hidden",
        "lose": "lost",
        "shake": "shook shaken",
        "sleep": "slept",
        "spit": "spat",
        "sting": "stung",
        "stink": "stank",
        "swallow": "swalow",
        "take": "took taken",
        "throw": "threw thrown",
        "wake": "woke woken",
        "weep": "wept",
        "blue": "blu",
        "breath": "breth breths breaf",
        "center": "centre centres",
        "color": "colour",
        "colored": "coloured",
        "colors": "colours",
        "diarrhea": "diarrhoea diarhea diarrea",
        "edema": "oedema",
        "eczema": "eczma exzema excema",
        "fever": "fevr",
        "gray": "grey",
        "hemorrhage": "haemorrhage",
        "impetigo": "impetago infantigo",
        "infant": "infan",
        "itchy": "ichy itchey",
        "leukemia": "leukaemia",
        "moisturizer": "moisturiser",
        "odor": "odour",
        "aches": "akes",
        "growing": "groing growin growng",
        "bump": "bmup bunp",
        "bleeds": "bleads",
        "packed": "packt paked",
        "paralyzed": "paralysed",
        "patch": "pach",
        "pearl": "perl",
        "plaque": "plackue plack",
        "raised": "rased raisd",
        "reason": "reson reasn",
        "veins": "vains vanes",
        "pills": "pils",
        "puffy": "pufy puffey",
        "sanitizer": "sanitiser",
        "infectious": "infectous",
        "scared": "scard",
        "steroid": "steriod sterroid",
        "steroids": "steriods",
        "stomach": "stomack stomache",
        "swelling": "sweling swellin",
        "swollen": "swolen swole swoll swolled swollin",
        "tetanus": "tetnus tetnis",
        "tumor": "tumour",
        "press": "pres",
        "stiff": "stif",
        "when": "wen whn",
        "white": "wite whyte",
        "yellow": "yelow yello ylow yelo",
    }.items()
    for wrong in wrongs.split()
}
_MERGES: dict[tuple[str, str], str] = {
    ("can", "not"): "cannot",
    ("could", "not"): "cannot",
    ("will", "not"): "willnot",
    ("would", "not"): "willnot",
    ("do", "not"): "donot",
    ("does", "not"): "donot",
    ("did", "not"): "donot",
    ("is", "not"): "isnot",
    ("are", "not"): "isnot",
    ("was", "not"): "wasnot",
    ("were", "not"): "wasnot",
    ("have", "not"): "havenot",
    ("has", "not"): "havenot",
    ("had", "not"): "havenot",
    ("should", "not"): "shouldnot",
    ("eye", "lid"): "eyelid",
    ("eye", "brow"): "eyebrow",
    ("eye", "ball"): "eyeball",
    ("eye", "lash"): "eyelash",
    ("new", "born"): "newborn",
    ("no", "one"): "nobody",
    ("fore", "head"): "forehead",
    ("finger", "nail"): "fingernail",
    ("pin", "head"): "pinhead",
    ("pin", "prick"): "pinprick",
}


@dataclass(frozen=True)
class Word:
    """One token: what was typed and where, the lower-case form, and the stem used for look-ups."""

    text: str
    start: int
    end: int
    lower: str
    stem: str


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Give the look-up form of one lower-case word; 'blistering', 'blisters' and 'blister' share one."""
    return str(_STEMMER.stemWord(_VARIANTS.get(word, word)))


def fold(text: str) -> tuple[str, list[int]]:
    """Lower-case and fold Unicode; the list maps each folded character to its offset in `text`."""
    if text.isascii():
        return text.lower().replace("\n", "."), list(range(len(text) + 1))
    folded: list[str] = []
    origin: list[int] = []
    for offset, char in enumerate(text):
        if _INVISIBLE.match(char):
            continue
        if char == "\n":
            char = "."  # a line break ends a sentence
        plain = unicodedata.normalize("NFKD", char.translate(_QUOTES)).lower().translate(_LOOKALIKES)
        plain = "".join(one for one in plain if not unicodedata.combining(one))
        if unicodedata.category(char) in ("So", "Sk", "Cs", "Co", "Cn") and char != "°":
            plain = " "  # an emoji separates words and carries no finding
        folded.append(plain)
        origin.extend([offset] * len(plain))
    origin.append(len(text))
    return "".join(folded), origin


def words(text: str) -> list[Word]:
    """Split a message into words with contractions opened, frequent pairs joined and stems set."""
    folded, origin = fold(text)
    folded = _SPELLED_OUT.sub(lambda match: _closed_up(match.group()), folded)
    folded = _HYPHENATED.sub(r"\1 ", folded)
    found: list[Word] = []
    for match in _TOKEN.finditer(folded):
        start, end = origin[match.start()], origin[match.end() - 1] + 1
        if folded[match.end() : match.end() + 1].isalnum():
            end = origin[match.end()]  # "2mo" is written in one, whatever cannot be seen between
        for part in filter(None, _opened(match.group())):
            found.append(Word(text[start:end], start, end, part, stem(part)))
    return _merged(found)


def _closed_up(spelled: str) -> str:
    """Turn 'b l e e d' into 'bleed' and keep the length, so that offsets stay true."""
    letters = re.sub(r"[ .\-]", "", spelled)
    return letters + " " * (len(spelled) - len(letters))


@lru_cache(maxsize=20_000)
def _opened(token: str) -> tuple[str, ...]:
    """Open one token: "can't" to "cannot", "my son's" to "son", "soooo" to "soo"."""
    if token in CONTRACTIONS:
        return CONTRACTIONS[token]
    token = _ELONGATED.sub(r"\1\1", token) if token.isalpha() else token
    if "'" in token:
        head, _, tail = token.partition("'")
        if tail == "s":
            return (head, "'s")
        if token.endswith("n't"):
            return (token.replace("'", ""),)
        return (head,) if tail in ("", "ll", "d", "ve", "re", "m") else (head + tail,)
    return (token,)


def _merged(found: list[Word]) -> list[Word]:
    """Join pairs that mean one word: 'can not' and 'eye lid'."""
    joined: list[Word] = []
    for word in found:
        merge = _MERGES.get((joined[-1].lower, word.lower)) if joined else None
        merge = merge or (_MERGES.get((joined[-1].stem, word.stem)) if joined else None)
        if merge:
            first = joined.pop()
            joined.append(Word(f"{first.text} {word.text}", first.start, word.end, merge, stem(merge)))
        else:
            joined.append(word)
    return joined
