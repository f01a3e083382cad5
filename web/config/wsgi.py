"""The application that granian serves."""

import os
from contextlib import suppress

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

from django.db import DatabaseError  # noqa: E402

from chat.turns import flag_unanswered  # noqa: E402 - needs the applications that are loaded by now

# A process that died in the middle of a turn has left a message without an answer.
with suppress(DatabaseError):  # without a database we still start: visitors must be told where to get help
    flag_unanswered()
