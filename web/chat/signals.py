"""What other parts of the website can listen to. All carry `conversation`."""

from django.dispatch import Signal

# Sent inside the transaction that stores the turn: care comes before a booking.
care_needed = Signal()

# Listeners give (key, JSON value): their part of what is kept of this conversation.
export_wanted = Signal()

# Sent inside the transaction that erases the conversation, before it is gone. Listeners give sentences for the
# visitor: what of theirs is not erased, and why.
conversation_erased = Signal()
