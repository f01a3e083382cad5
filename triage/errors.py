"""Errors that a person who edits knowledge can act on."""


class KnowledgeError(ValueError):
    """A knowledge file is wrong; the message says where, what, and what to write instead."""
