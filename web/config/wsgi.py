"""The application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

from chat import watch  # noqa: E402 - needs the applications that are loaded by now
from privacy import contacts  # noqa: E402

contacts.prepare()
watch.start()
