"""Small closed word classes of English that the scope rules of assertion.py rest on. Symptoms never belong here."""

# A new subject ends the scope of a negation.
SUBJECTS = frozenset(
    """
    everyone everything he her his i it its my she someone there they we you
    """.split()
)
# After these a subject word is an object: "in my eye".
BEFORE_SUBJECT = frozenset(
    """
    above around as at behind below by for from if in inside into like near of on since than that to under when
    where with
    """.split()
)
# A list of denied things goes on with these.
LIST_WORDS = frozenset(
    """
    and any never no nor not or
    """.split()
)
# Bare signs (stems) that may stand in a list of denied things.
NOUNS = frozenset(
    """
    allergi black bleed blister blood blur bruis burn chang chill cough crust dimpl discharg dizzi drainag drool
    fever flake fluid goo goop growth gunk headach heat hive hole hot infect irrit itch itchi lash loss lump medic
    nausea numb odor odour ooz pain peel puffi pus rash red redness scab scale sight smell sore sting sweat swell
    swollen symptom temp temperatur tender travel ulcer vein vision vomit warm warmth weep wheez edema oedema
    """.split()
)
# First words of a question.
ASKING = frozenset(
    """
    any are can cannot could did do does donot has have how is isnot may might should was what whats when where
    which who why will would
    """.split()
)
# What a visitor owns or points at.
OWN = frozenset(
    """
    her his mine my our that these this those
    """.split()
)
# First words of a question even without a question mark.
OPENS_QUESTION = frozenset(
    """
    can could do does how should what when which why will would
    """.split()
)
# Verbs that ask only at the start of a clause.
AUXILIARIES = frozenset(
    """
    are can cannot could did do does donot is might say should were will would
    """.split()
)
# What may stand before the start of a question.
BEFORE_QUESTION = frozenset(
    """
    ( , - : ; also and anyway btw but hello hey hi how like ok okay or please plus question so then well what when
    where which who why wondering
    """.split()
)
# People (stems) who may own a sign.
KIN = frozenset(
    """
    aunt babi boy brother child dad daughter father friend girl husband kid mom mother mum newborn sister son
    toddler uncl wife
    """.split()
)
# Words that make a question one about a person here.
PERSONAL = frozenset(
    """
    dad daughter he her him his husband i im it me mine mom mum my now our she that  these  this those we
    wife
    """.split()
)
# After "you" these tell what anybody feels: "you can't feel your lip".
AFTER_GENERAL_YOU = frozenset(
    """
    bleed bruise can cannot faint feel get lose swell
    """.split()
)
# Where strangers are met (stems): "a girl in my class" is not one of us.
SHARED_PLACES = frozenset(
    """
    bandmat block book build choir church class club compani condo cours crew gym hometown leagu neighbourhood offic
    school street team town villag work yoga
    """.split()
)
# After "but" these name another place for what was denied of one.
PLACE_PREPOSITIONS = frozenset(
    """
    around at beside beneath in near on round under
    """.split()
)
# A sentence that begins with one of these goes on with the story of the sentence before.
STORY_GOES_ON = frozenset(
    """
    all both he it one she that the they
    """.split()
)
# What the clinic is asked to do with a sign that is there: "can someone look at the mole".
SERVICES = frozenset(
    """
    check examine look see squeeze work
    """.split()
)
# What happened once: with a season or month it is over.
ACCIDENTS = frozenset(
    """
    ate attacked bit burned burnt collapsed crashed drank fainted fell infected reacted scalded stung swallowed
    """.split()
)
# What came back: a story that seemed over is not.
RELAPSE = frozenset(
    """
    again came comes coming getting keep keeps returned worse
    """.split()
)
