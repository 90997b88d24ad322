"""The invented people that are measured on: sections of ten kontaktpersoner with twenty cases each."""

from dataclasses import dataclass
from itertools import islice

from django.db import transaction

from audit import trail
from audit.tags import Tag
from casework.access.models import AccessGrant
from casework.cases.models import Case, JournalNote
from casework.clients.models import Client
from casework.crypto import fields, keyring
from casework.demo import many
from casework.signin.models import Role, Section, User
from contacts.models import Assignment
from tests.bench.measure import say
from tests.bench.plain.models import TWINS, twin

CASES, STAFF = 20, 10
LED = 3  # sections of the sektionschef
BATCH = 2000
COPIED = (Client, Case, JournalNote, AccessGrant, Assignment)


@dataclass
class World:
    reader: User
    chief: User
    case: Case


def make(clients: int, steps: int, notes: int) -> World:
    """`clients` with `steps` signed steps each; one case has `notes`. Every row has a plain twin."""
    chief = _user("chief", Role.SEKTIONSCHEF)
    first: tuple[User, Section] | None = None
    for start in range(0, clients, CASES * STAFF):
        section = Section.objects.create(name=f"Sektion {start}")
        if start < LED * CASES * STAFF:
            chief.led_sections.add(section)
        count = min(CASES * STAFF, clients - start)
        staff = [_user(f"staff{start + at}", Role.KONTAKTPERSON, section) for at in range(max(1, count // CASES))]
        first = first or (staff[0], section)
        many.make(count=count, steps=steps, by=chief, section=section, staff=staff, told=lambda done: None, first=start)
        say(f"  {start + count} of {clients} clients")
    assert first is not None
    with keyring.scope():
        case = _busy_case(first[0], notes - steps)
        _copy()
    return World(reader=first[0], chief=chief, case=case)


def _user(name: str, role: str, section: Section | None = None) -> User:
    user = User(username=name, display_name=f"Person {name}", role=role, section=section)
    user.set_unusable_password()
    user.save()
    return user


def _busy_case(user: User, more: int) -> Case:
    grant = AccessGrant.objects.filter(user=user).select_related("case").order_by("case__number")[0]
    with trail.bulk(Tag.SEEDED):
        JournalNote.objects.bulk_create(many._note(grant.case, user, n + 10) for n in range(more))
    return grant.case


def _copy() -> None:
    for model in COPIED:
        rows = model._default_manager.all().iterator(chunk_size=BATCH)
        while batch := list(islice(rows, BATCH)):
            twins = [twin(row) for row in fields.open_all(batch)]
            with transaction.atomic():
                TWINS[model].objects.bulk_create(twins)
