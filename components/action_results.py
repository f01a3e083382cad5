"""Rasa's check of what the action server answers, without checking Rasa's own schema again on every call.

`jsonschema.validate` tests the schema against the meta-schema each time: measured, that was two thirds of a whole turn.
The schema is a constant of Rasa, so it is tested once, at import. Answers are checked exactly as before.
"""

from __future__ import annotations

from typing import Any

from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction

SCHEMA = RemoteAction.action_response_format_spec()
VALIDATOR = validator_for(SCHEMA)(SCHEMA)
VALIDATOR.check_schema(SCHEMA)


def check(self: RemoteAction, result: dict[str, Any]) -> bool:
    """Raise jsonschema's ValidationError for an answer of a wrong form."""
    VALIDATOR.validate(result)
    return True


RemoteAction._validate_action_result = check
