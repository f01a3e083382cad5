"""What a visitor is told when contact details or numbers of cards were hidden in their message."""

from __future__ import annotations

from collections.abc import Sequence

from chat.models import Message

KEY = "hidden"  # in the metadata of the visitor's message: the names of what was hidden
TYPE = "hidden_details"
FORM = "If you want the clinic to reach you, ask me for a consultation: its form has a place for your details."


def notice(message: Message) -> Message | None:
    """Make the assistant's note about this message, or None when nothing was hidden in it."""
    names: Sequence[str] = message.metadata.get(KEY, ())
    if not names:
        return None
    text = f"I hid your {listed(names)} before saving your message. Please leave such details out of this chat. {FORM}"
    return Message(
        conversation_id=message.conversation_id,
        author=Message.Author.ASSISTANT,
        text=text,
        metadata={"type": TYPE},
        in_reply_to=message,
    )


def listed(names: Sequence[str]) -> str:
    """Join names as people do: "phone number, e-mail address and card number"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
