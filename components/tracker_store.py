"""Where Rasa keeps its trackers: its own SQL store, from which a conversation can be erased."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain

DATABASE_URL = "RASA_DATABASE_URL"


class ConversationStore(SQLTrackerStore):
    """Rasa's SQL store; the variable RASA_DATABASE_URL moves it to another database."""

    def __init__(
        self,
        domain: Domain | None = None,
        dialect: str = "sqlite",
        host: str | None = None,
        db: str = "var/rasa.sqlite3",
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        address = os.environ.get(DATABASE_URL) or host
        if not address and dialect == "sqlite":
            # Rasa waits for ever when the folder of its database is missing.
            Path(db).parent.mkdir(parents=True, exist_ok=True)
        super().__init__(domain=domain, dialect=dialect, host=address, db=db, event_broker=event_broker, **kwargs)

    async def forget(self, sender: str) -> None:
        """Erase every event of one conversation."""
        with self.session_scope() as session:
            session.query(self.SQLEvent).filter_by(sender_id=sender).delete()
            session.commit()
