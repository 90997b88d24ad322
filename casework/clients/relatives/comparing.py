"""Whether two persons may be one and the same, without showing either (förvaltningslagen 16-17 §§, OSL 8:2).

Candidates come by truncated keyed index; the opened seals decide. The same number is the same person, and so is the
same whole name, in any order, if it has more than one word: a first name alone is shared by too many.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db.models import Q, QuerySet

from casework.access import visit
from casework.cases.models import Case
from casework.clients import numbers
from casework.clients.children.models import Guardian
from casework.clients.models import Client
from casework.clients.relatives.indexing import What, word_value
from casework.clients.relatives.models import RelatedIndex, RelatedPerson, StaffTie
from casework.clients.relatives.rules import in_force
from casework.crypto import blindindex, fields
from casework.signin.models import User

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Who:
    """What somebody is compared by: twelve characters or "", and the folded words of the name, sorted."""

    number: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, name: str, number: str) -> "Who":
        return cls(number, tuple(sorted(blindindex.normalise_name(name).split())))

    @property
    def comparable(self) -> bool:
        return bool(self.number) or len(self.words) > 1

    def may_be(self, other: "Who") -> bool:
        same_number = self.number != "" and self.number == other.number
        return same_number or (len(self.words) > 1 and self.words == other.words)


def unseen(function: Callable[P, T]) -> Callable[P, T]:
    """What is opened in `function` is compared by the program and seen by nobody. So it is no part of a page's read
    event, which would name the cases it was compared with; the act has an event of its own.
    """

    @wraps(function)
    def quiet(*args: P.args, **kwargs: P.kwargs) -> T:
        with visit.begin():
            return function(*args, **kwargs)

    return quiet


def tied(user: User, case: Case) -> bool:
    """True when `user` has declared that she is close to somebody in the case."""
    return bool(tied_among([user], case))


@unseen
def tied_among(users: Sequence[User], case: Case) -> list[User]:
    """Those of `users` who have a tie in force to the client, a related person, a guardian or a child of the case.

    As many queries for a hundred users as for one; none but the first when nobody has declared anything.
    """
    ties = fields.open_all(StaffTie.objects.filter(in_force(), user__in=[user.pk for user in users]), "words")
    close = [(tie.user_id, Who.of(words.name, words.number)) for tie in ties for words in [tie.words.open()]]
    if not close:
        return []
    there = _household(case) + _related_near(case, [who for _, who in close])
    found = {user for user, who in close if any(who.may_be(other) for other in there)}
    return [user for user in users if user.pk in found]


@unseen
def have_case(case: Case, among: QuerySet[Case]) -> bool:
    """True when a related person or a guardian of `case` may be the client of one of the cases `among`."""
    clients = Client.objects.filter(pk__in=among.values("client")).exclude(pk=case.client_id)
    around = _related(RelatedPerson.objects.filter(in_force(), case=case)) + _guardians(case)
    return any(_is_client(who, clients) for who in around)


def _is_client(who: Who, clients: QuerySet[Client]) -> bool:
    if who.number and numbers.by_number(clients, who.number):
        return True
    named = numbers.by_name(clients, " ".join(who.words)) if len(who.words) > 1 else []
    return any(who.may_be(_client(client)) for client in named)


def _household(case: Case) -> list[Who]:
    """The client, and the children of the case with their guardians."""
    clients = Client.objects.filter(Q(pk=case.client_id) | Q(child__case=case)).only("identity")
    return [_client(client) for client in fields.open_all(clients, "identity")] + _guardians(case)


def _client(client: Client) -> Who:
    identity = client.identity.open()
    return Who.of(identity.name, identity.number)


def _guardians(case: Case) -> list[Who]:
    rows = fields.open_all(Guardian.objects.filter(case=case, is_case_person=False), "words")
    return [Who.of(words.name, words.number) for row in rows for words in [row.words.open()]]


def _related_near(case: Case, sought: list[Who]) -> list[Who]:
    """The related persons of the case who share a number's or a word's index with one of `sought`."""
    near = Q(what=What.NUMBER, value__in={numbers.number_value(who.number) for who in sought if who.number})
    near |= Q(what=What.NAME, value__in={word_value(word) for who in sought for word in who.words})
    found = RelatedIndex.objects.filter(near, related__case=case).values("related")
    return _related(RelatedPerson.objects.filter(in_force(), pk__in=found))


def _related(rows: QuerySet[RelatedPerson]) -> list[Who]:
    return [Who.of(words.name, words.number) for row in fields.open_all(rows, "words") for words in [row.words.open()]]
