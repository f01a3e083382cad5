"""From a correction to words that may leave the clinic: which examples are possible, drafts, and what is personal.

The content of an example, as `scripts/pull_corrections.py` reads it:
nlu {intent, text}; fires and does_not_fire {flag, text}; finding {concept, assertion, text};
story {title, turns: [{text | payload, intent?}], answer?}: `intent` and `answer` only where they were corrected.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from chat.models import Assessment, Disposition, Message
from privacy.personal import STAND_INS, Found, find, mask
from teaching import vocabulary
from teaching.models import Correction, Example

type Json = dict[str, Any]

LONGEST_STORY = 30  # visitor's messages: a longer one tests everything and explains nothing
Kind, Of = Example.Kind, Correction.Kind


def kinds(correction: Correction) -> list[Example.Kind]:
    """List what a correction can become as a single sentence; the first is the usual one."""
    if correction.kind == Of.INTENT:
        return [Kind.NLU]
    if correction.kind in (Of.MISSED, Of.WRONG):
        flag = Kind.FIRES if correction.kind == Of.MISSED else Kind.QUIET
        return [flag] if vocabulary.is_flag(correction.target) else [Kind.FINDING]
    if correction.kind == Of.LEVEL:
        return [Kind.FIRES, Kind.QUIET] if goes_up(correction) else [Kind.QUIET, Kind.FIRES]
    return []


def can_be_story(correction: Correction) -> bool:
    """Tell whether a test story can show it: stories hold intents and answers, no levels and no findings."""
    return correction.kind in (Of.INTENT, Of.ANSWER)


def goes_up(correction: Correction) -> bool:
    """Tell whether staff want a more urgent level than the assistant gave."""
    given = level_after(correction.message)
    return Disposition(correction.target).urgency > (given.urgency if given else 0)


def level_after(message: Message) -> Disposition | None:
    """Give the level that stood after this message."""
    rows = Assessment.objects.filter(message__conversation=message.conversation_id, message__lte=message.pk)
    last = rows.order_by("-message_id", "-pk").first()
    return Disposition(last.disposition) if last else None


def fired(message: Message) -> list[str]:
    """List the red flags that fired at this message."""
    return [str(flag.get("flag")) for flag in message.flags if flag.get("flag")]


def draft(text: str) -> str:
    """Give a text with stand-ins for all that was seen to be personal."""
    return " ".join(mask(text, STAND_INS).split())


def left_over(texts: Iterable[str]) -> list[Found]:
    """List what still looks personal in texts that somebody wants to approve."""
    known = {one.casefold() for one in STAND_INS.values()}
    return [found for text in texts for found in find(text) if found.text.casefold() not in known]


def said_up_to(message: Message) -> list[Message]:
    """Give what the visitor said up to and with this message, oldest first; of a long talk the last part."""
    said = Message.objects.filter(
        conversation=message.conversation_id, author=Message.Author.VISITOR, pk__lte=message.pk
    )
    return list(reversed(said.order_by("-pk")[:LONGEST_STORY]))


def story(correction: Correction, title: str, words: dict[int, str]) -> Json:
    """Build the content of a test story; `words` holds the approved text of each typed message."""
    turns: list[Json] = []
    for said in said_up_to(correction.message):
        turn: Json = {"payload": said.payload} if said.payload else {"text": words[said.pk]}
        if said.pk == correction.message_id and correction.kind == Of.INTENT:
            turn["intent"] = correction.target
        turns.append(turn)
    content: Json = {"title": title, "turns": turns}
    return {**content, "answer": correction.target} if correction.kind == Of.ANSWER else content


def sentence(correction: Correction, kind: str, target: str, text: str) -> Json:
    """Build the content of a single sentence."""
    if kind == Kind.NLU:
        return {"intent": target, "text": text}
    if kind == Kind.FINDING:
        meant = "present" if correction.kind == Of.MISSED else "absent"
        return {"concept": target, "assertion": meant, "text": text}
    return {"flag": target, "text": text}
