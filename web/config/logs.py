"""Logs say what happened and how long it took; never what anybody wrote."""

from __future__ import annotations

from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# A guard behind the rule "never log a text": these keys lose their value even if somebody passes them.
PERSONAL = frozenset({"text", "message_text", "body", "payload", "name", "phone", "email", "note", "facts", "findings"})


def hide_personal_values(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Replace the values of personal keys."""
    return {key: "(hidden)" if key in PERSONAL else value for key, value in event.items()}


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    hide_personal_values,
]


def configure(readable: bool) -> dict[str, Any]:
    """Set structlog up and return Django's LOGGING: coloured lines for people, JSON lines for machines."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    machine: list[Processor] = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    renderers: list[Processor] = [structlog.dev.ConsoleRenderer()] if readable else machine
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderers],
        "foreign_pre_chain": SHARED,
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": formatter},
        "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["out"], "level": "INFO"},
        # httpx logs each address it calls; one line a turn from chat/ is enough.
        "loggers": {
            "httpx": {"level": "WARNING"},
            "presidio-analyzer": {"level": "WARNING"},
            "django": {"handlers": ["out"], "level": "INFO", "propagate": False},
        },
    }
