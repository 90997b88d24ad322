"""Many invented clients with steps, for measuring. Rows come in by trail's bulk door, a batch at a time."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case, JournalNote, Narrative, NoteContent
from casework.cases.naming import check_digit
from casework.clients import numbers
from casework.clients.models import Address, Channels, Client, Identity, NameIndex
from casework.crypto import keyring
from casework.demo import hooks
from casework.demo.seed import invented_number
from casework.signin.models import Section, User

BATCH = 500
TEXT = "Vi gick igenom läget tillsammans och bestämde vad som är viktigast just nu. " * 4
GIVEN = (
    "Alva Bea Cleo Dina Ella Fanny Greta Hilda Ines Jonna Klara Lova Maja Nora Olga Petra Rut Siri Tyra Ulla".split()
)


def make(
    *,
    count: int,
    steps: int,
    by: User,
    section: Section,
    staff: list[User],
    told: Callable[[int], None],
    first: int = 0,
) -> None:
    """Makes `count` clients with a case and `steps` signed steps each, spread over `staff`. `told` hears how many."""
    done = 0
    while done < count:
        size = min(BATCH, count - done)
        with keyring.scope(), trail.bulk(Tag.SEEDED, by=by):
            _batch(first + done, size, steps, by, section, staff)
        done += size
        told(done)


def _batch(start: int, size: int, steps: int, by: User, section: Section, staff: list[User]) -> None:
    clients = [Client() for _ in range(size)]
    keyring.create_keys(keyring.Purpose.CLIENT, [client.pk for client in clients])
    names = []
    for at, client in enumerate(clients, start):
        identity = Identity(GIVEN[at % len(GIVEN)], f"Påhittad{at}", invented_number(at), "personnummer")
        client.identity, client.address = identity, Address()
        client.channels = Channels(safe_way="Ring, vänta två signaler och ring igen.", phone=f"070-{at:07d}")
        client.number_index = numbers.number_value(identity.number)
        names += [NameIndex(client=client, value=value) for value in numbers.name_values(identity)]
    Client.objects.bulk_create(clients)
    NameIndex.objects.bulk_create(names)
    cases = [_case(at, client, section) for at, client in enumerate(clients, start)]
    Case.objects.bulk_create(cases)
    people = [staff[at % len(staff)] for at in range(start, start + size)]
    for assign in hooks.assign_many:
        assign(cases, people, by)
    JournalNote.objects.bulk_create(
        _note(case, person, n) for case, person in zip(cases, people, strict=True) for n in range(steps)
    )


def _case(at: int, client: Client, section: Section) -> Case:
    digits = f"{at // 100_000:02d}{at % 100_000:05d}"
    return Case(
        number=f"{digits[:2]}-{digits[2:]}-{check_digit(digits)}",
        pseudonym=f"Påhittad {at}",
        client=client,
        section=section,
        state=Case.State.OPEN,
        referral_source="police",
        taken_in_on=timezone.localdate() - timedelta(days=90),
        narrative=Narrative(background=TEXT, wishes="En egen bostad."),
    )


def _note(case: Case, author: User, n: int) -> JournalNote:
    when = timezone.now() - timedelta(days=n * 3, hours=n % 7)
    return JournalNote(
        case=case,
        client_id=case.client_id,
        author=author,
        entry=JournalNote.Entry.STEP,
        occurred_at=when,
        signed_at=when,
        kind="talk",
        place="office",
        way="with",
        outcome="done",
        minutes=30,
        next_on=timezone.localdate() + timedelta(days=n + 1),
        content=NoteContent(text=TEXT, next_step="Ringa och bestämma nästa träff"),
    )
