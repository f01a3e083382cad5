"""How old a reader must be: Flesch-Kincaid's grade plus five years.

The names that a visitor comes here to learn about count as short words: an easier word for them would be a wrong one.
"""

from __future__ import annotations

import re

SCHOOL_STARTS_AT = 5  # years: grade 1 is read at six
NAMES = re.compile(
    r"electrocautery|isotretinoin|accutane|dermatolog\w+|retinoids?|tretinoin|adapalene|keratin|xanthelasma|syringomas?|"
    r"molluscum|milium|milia|eczema|keloids?|microneedling|dermabrasion|consultation|clinician|sebaceous|hyperplasia|"
    r"carcinoma|melanoma|keratosis|pilaris|seborrhoeic|folliculitis|hidradenitis|impetigo|cellulitis|erythema|toxicum|"
    r"trichoepitheliomas?|xanthomas?|angiomas?|rosacea|perioral|dermatitis|chalazion|pacemaker|salicylic|glycolic|"
    r"electric|extraction|nitidus|lichen|nodular|miliaria|follicles?",
    re.IGNORECASE,
)


def years(text: str) -> float:
    """Give the age at which a text is read with ease."""
    plain = NAMES.sub("name", re.sub(r"[*_]|https?://\S+", "", text))
    sentences = [one for one in re.split(r"[.!?:;\n]+\s|\n|[.!?:;]$", plain) if re.search(r"[A-Za-z]", one)]
    words = re.findall(r"[A-Za-z][A-Za-z'-]*|\d[\d.]*", plain)
    grade = 0.39 * len(words) / max(len(sentences), 1) + 11.8 * sum(map(syllables, words)) / max(len(words), 1) - 15.59
    return grade + SCHOOL_STARTS_AT


def syllables(word: str) -> int:
    """Count the groups of vowels of a word; a silent ending counts for nothing.

    >>> [syllables(word) for word in ("skin", "little", "squeezed", "opening", "doctor's", "beautiful")]
    [1, 2, 1, 3, 2, 3]
    """
    letters = re.sub(r"[^a-z]", "", word.lower())
    if len(letters) <= 3:
        return 1
    letters = re.sub(r"(?<![laeiouy])e$|(?<=[^aeioutd])ed$|(?<=[^aeioucgsxz])es$", "", letters)
    return max(1, len(re.findall(r"[aeiouy]+", letters)))
