"""By what a related person is found when persons are compared. Search never reads it."""

from casework.clients import numbers
from casework.clients.relatives.models import RelatedIndex, RelatedPerson, RelatedWords
from casework.crypto import blindindex

What = RelatedIndex.What


def word_value(token: str) -> int:
    """The index of a folded word of a name, or of the folded whole."""
    return blindindex.index("name", token)


def rebuild(related: RelatedPerson, words: RelatedWords) -> None:
    """Writes the index anew from what was just saved. Within an act."""
    forget(related)
    rows = [(What.NAME, value) for value in {word_value(token) for token in numbers.name_tokens(words.name)}]
    if words.number:
        rows.append((What.NUMBER, numbers.number_value(words.number)))
    RelatedIndex.objects.bulk_create(RelatedIndex(related=related, what=what, value=value) for what, value in rows)


def forget(related: RelatedPerson) -> None:
    """Takes the index away: somebody who is not around any more is compared with nobody."""
    RelatedIndex.objects.filter(related=related).delete()
