"""Who may open the console, and the record of what they did there: see the app `trust`."""

from trust.access import needs, require, staff
from trust.audit import record_change, record_event, record_reading
from trust.rights import Right

__all__ = ["Right", "needs", "record_change", "record_event", "record_reading", "require", "staff"]
