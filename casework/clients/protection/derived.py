"""What is made from a text and must follow when the text is masked."""

from dataclasses import replace
from typing import Any

from casework.clients.protection.finding import MASK
from casework.clients.relatives import indexing
from casework.clients.relatives.models import RelatedPerson


def reindex(row: Any) -> None:
    """Somebody around the person is compared by what is left of her name and number."""
    if isinstance(row, RelatedPerson) and row.ended_on is None:
        words = row.words.open()
        indexing.rebuild(row, replace(words, number="") if words.number == MASK else words)
