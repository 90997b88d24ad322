"""What in other rooms calls for a new risk assessment: registered at start.

A trigger gives (what it is, since when) for everything in the case; readers.reassess leaves out what the newest
assessment already knew of. Give a moment where one is known: a bare day counts from the day after an assessment.
"""

from collections.abc import Callable
from datetime import date, datetime

from casework.cases.models import Case

Since = date | datetime
Reason = tuple[str, Since]

triggers: list[Callable[[Case], list[Reason]]] = []
