"""What the pages show of persons around and of one's own ties. Every opened seal ends in the page's read event."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from casework import policy
from casework.access.models import AccessGrant
from casework.cases.models import Case
from casework.clients.relatives.models import RelatedPerson, RelatedWords, StaffTie, TieWords
from casework.clients.relatives.rules import in_force
from casework.crypto import fields
from casework.signin.models import Role, User

WORDS = ("name", "number", "about", "threat", "contact")


@dataclass
class Person:
    row: RelatedPerson
    words: RelatedWords


@dataclass
class Part:
    """Those who have the same part in the case."""

    label: str
    people: list[Person] = field(default_factory=list)


@dataclass(frozen=True)
class Comparison:
    """Who of the staff may not have the case: those who reach it now, and those who could be asked."""

    inside: list[User]
    asked: list[User]
    around: bool


def parts(case: Case) -> list[Part]:
    """The persons around who are so today, by their part in the case."""
    rows = RelatedPerson.objects.filter(in_force(), case=case).select_related("noted_by")
    found = {part.value: Part(str(part.label)) for part in RelatedPerson.Part}
    for row in fields.open_all(rows, "words"):
        found[row.part].people.append(Person(row, row.words.open()))
    return [part for part in found.values() if part.people]


def ended(case: Case) -> list[RelatedPerson]:
    """Those who are not around any more, without a word of who they were."""
    return list(RelatedPerson.objects.filter(case=case).exclude(in_force()).order_by("-ended_on", "created_at"))


def related_of(case: Case, pk: UUID) -> RelatedPerson:
    """A person around in this case. Raises NotFound."""
    row = RelatedPerson.objects.filter(case=case, pk=pk).first()
    if row is None:
        raise policy.NotFound("Personen finns inte i ärendet.", [case.ref()])
    row.case = case
    return row


def begin(related: RelatedPerson) -> dict[str, Any]:
    """What the form for changes begins with."""
    words = related.words.open()
    told = {name: getattr(words, name) for name in WORDS}
    return {"part": related.part, "relation": related.relation, **told, "version": related.version}


# --- ties -------------------------------------------------------------------------------------------------------------


@dataclass
class Tie:
    row: StaffTie
    words: TieWords


def own_ties(user: User) -> list[Tie]:
    """What `user` has declared herself and still holds."""
    rows = fields.open_all(StaffTie.objects.filter(in_force(), user=user), "words")
    return [Tie(row, row.words.open()) for row in rows]


def own_tie(user: User, pk: UUID) -> StaffTie:
    """A tie of one's own. Raises NotFound: whether somebody else has declared one is told to nobody."""
    tie = StaffTie.objects.filter(user=user, pk=pk).first()
    if tie is None:
        raise policy.NotFound("Anknytningen är inte din.")
    return tie


# --- who is compared --------------------------------------------------------------------------------------------------


def staff_inside(case: Case) -> list[User]:
    """Those who reach the case now: by an open grant, or because they lead its section."""
    granted = AccessGrant.objects.filter(policy.open_grants(), case=case).values("user")
    leading = User.objects.filter(role=Role.SEKTIONSCHEF, led_sections=case.section_id).values("pk")
    return list(User.objects.filter(Q(pk__in=granted) | Q(pk__in=leading), is_active=True))


def staff_to_ask(case: Case) -> list[User]:
    """The other active kontaktpersoner of the section."""
    staff = User.objects.filter(role=Role.KONTAKTPERSON, is_active=True, section=case.section_id)
    return list(staff.exclude(pk__in=[user.pk for user in staff_inside(case)]))


def led_with(user: User, case: Case) -> QuerySet[Case]:
    """The other cases of the sections `user` leads, in the same branch as this one."""
    led = user.led_sections.filter(branch=case.section.branch)
    return Case.objects.filter(section__in=led).exclude(pk=case.pk)
