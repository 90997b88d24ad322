"""Ten thousand clients at a time, and one at a time with the log."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection, connections, transaction
from django.db.models import QuerySet
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.access import visit
from casework.cases.models import Case, JournalNote, Narrative, NoteContent
from casework.clients import numbers
from casework.clients.models import Address, Channels, Client, Identity, NameIndex
from casework.crypto import fields, keyring
from casework.crypto.models import WrappedKey
from casework.signin.models import Role, Section, User
from tests.bench import stories
from tests.bench.measure import Line, interleaved
from tests.bench.plain.models import PlainCase, PlainClient, PlainName, PlainNote

BATCH = 500  # clients at a time, as the product's own bulk writer takes them
SEALED, PLAIN = (JournalNote, Case, NameIndex, Client), (PlainNote, PlainCase, PlainName, PlainClient)


def whole(count: int, rounds: int) -> list[Line]:
    """Inserted, loaded, and how many bytes they take; begins and ends with empty tables."""
    section = Section.objects.create(name="Sektion för rader")
    author = User.objects.create(username="rader", display_name="Rader", role=Role.KONTAKTPERSON, section=section)
    told = stories.people(count)
    ways = {"sealed": lambda: insert_sealed(told, author), "plain": lambda: insert_plain(told, author)}
    inserted = interleaved(rounds, ways, after=lambda name: empty())
    for way in ways.values():
        way()
    size = {"sealed": size_of(SEALED) + keys_size(), "plain": size_of(PLAIN)}
    loaded = interleaved(rounds, {"sealed": load_sealed, "plain": load_plain})
    empty()
    author.delete()
    section.delete()
    name = f"{count:,} clients"
    return [
        Line(f"{name} loaded", loaded["sealed"], loaded["plain"], 1.6),
        # Five AEAD calls, a wrapped key and the name index take 15 % of what the plain rows take through the ORM: 1.1
        # cannot be had with a key for each client and a seal for each access group, and those matter more.
        Line(f"{name} inserted", inserted["sealed"], inserted["plain"], 1.3),
        Line(f"{name}, bytes with keys", size["sealed"] / 1e6, size["plain"] / 1e6, 1.25, unit="MB"),
    ]


def insert_sealed(told: list[stories.Person], author: User) -> None:
    """Clients with their keys, indexes, cases and a first note. The log's part is measured apart, on single writes."""
    with transaction.atomic(), transaction.atomic(using="keys"):
        for start in range(0, len(told), BATCH):
            with keyring.scope():
                _insert_sealed(start, told[start : start + BATCH], author)


def _insert_sealed(start: int, told: list[stories.Person], author: User) -> None:
    clients, names, cases, notes = [], [], [], []
    for at, person in enumerate(told, start):
        identity = Identity(**person.identity)
        client = Client(identity=identity, address=Address(**person.address), channels=Channels(**person.channels))
        client.number_index = numbers.number_value(identity.number)
        names += [NameIndex(client=client, value=value) for value in numbers.name_values(identity)]
        case = Case(client=client, narrative=Narrative(**person.narrative), **facts_of(at, author))
        notes.append(JournalNote(case=case, client=client, content=NoteContent(**person.note), **step_by(author)))
        clients.append(client)
        cases.append(case)
    keyring.create_keys(keyring.Purpose.CLIENT, [client.pk for client in clients])
    put(clients, names, cases, notes)


def insert_plain(told: list[stories.Person], author: User) -> None:
    """The same rows over plaintext: the same words of the name in an ordinary index."""
    with transaction.atomic():
        for start in range(0, len(told), BATCH):
            _insert_plain(start, told[start : start + BATCH], author)


def _insert_plain(start: int, told: list[stories.Person], author: User) -> None:
    clients, names, cases, notes = [], [], [], []
    for at, person in enumerate(told, start):
        client = PlainClient(**person.identity, **person.address, **person.channels)
        name = f"{person.identity['given_name']} {person.identity['family_name']}"
        names += [PlainName(client=client, value=word) for word in numbers.name_tokens(name)]
        case = PlainCase(client=client, **person.narrative, **facts_of(at, author))
        notes.append(PlainNote(case=case, client=client, **person.note, **step_by(author)))
        clients.append(client)
        cases.append(case)
    put(clients, names, cases, notes)


def facts_of(at: int, author: User) -> dict[str, Any]:
    return {
        "number": f"n{at}",
        "pseudonym": f"Påhittad {at}",
        "section": author.section,
        "referral_source": "police",
        "taken_in_on": date(2026, 1, 15),
    }


def step_by(author: User) -> dict[str, Any]:
    """What is not sealed of a note."""
    facts = {"author": author, "entry": "step", "kind": "talk", "place": "office", "way": "with", "outcome": "done"}
    return {**facts, "minutes": 30, "next_on": date(2026, 1, 15), "occurred_at": timezone.now()}


def put(*tables: list[Any]) -> None:
    for rows in tables:
        # Past the manager that wants each row named in the log.
        QuerySet(type(rows[0])).bulk_create(rows)


def load_sealed() -> None:
    with keyring.scope(), visit.begin():
        for client in fields.open_all(Client.objects.all(), "identity"):
            who = client.identity.open()
            assert who.family_name


def load_plain() -> None:
    for client in PlainClient.objects.all():
        assert client.family_name


def empty() -> None:
    with connection.cursor() as cursor:
        for model in (*SEALED, *PLAIN):
            cursor.execute(f"DELETE FROM {model._meta.db_table}")
    WrappedKey.objects.filter(purpose="client").delete()
    vacuum()


def vacuum() -> None:
    """So that every insertion finds the tables alike."""
    for alias in ("default", "keys"):
        with connections[alias].cursor() as cursor:
            cursor.execute("VACUUM")


def size_of(models: Iterable[Any], alias: str = "default") -> int:
    """Bytes of the tables and all their indexes."""
    with connections[alias].cursor() as cursor:
        tables = [model._meta.db_table for model in models]
        if connections[alias].vendor == "postgresql":
            total = "SELECT sum(pg_total_relation_size(name::regclass)) FROM unnest(%s::text[]) AS name"
            cursor.execute(total, [tables])
        else:
            marks = ",".join(["%s"] * len(tables))
            pages = f"SELECT name FROM sqlite_master WHERE tbl_name IN ({marks})"
            cursor.execute(f"SELECT sum(pgsize) FROM dbstat WHERE name IN ({pages})", tables)
        return int(cursor.fetchone()[0])


def keys_size() -> int:
    return size_of([WrappedKey], "keys")


def single(case: Case, user: User, rounds: int) -> list[Line]:
    """One note, as an act with its event, and as a plain save."""
    words = stories.person(0).note
    where = {"case_id": case.pk, "client_id": case.client_id}

    def sealed() -> None:
        with keyring.scope(), trail.act(Tag.STEP_SIGNED, by=user, refs=[case.ref()]) as event:
            note = JournalNote(content=NoteContent(**words), **where, **step_by(user))
            note.save()
            event.touch(trail.Ref("casework.JournalNote", str(note.pk), case.number))

    def plain() -> None:
        with transaction.atomic():
            PlainNote(**words, **where, **step_by(user)).save()

    created = interleaved(rounds, {"sealed": sealed, "plain": plain})
    return [Line("logged write: a note", created["sealed"], created["plain"], 2.0), *changed(case, user, rounds)]


def changed(case: Case, user: User, rounds: int) -> list[Line]:
    row = Client.objects.get(pk=case.client_id)
    copy = PlainClient.objects.get(pk=row.pk)
    phones = iter(range(10**9))

    def sealed() -> None:
        with keyring.scope(), trail.act(Tag.CHANNELS_CHANGED, by=user, refs=[case.ref()]):
            row.channels = Channels(safe_way="Ring och vänta.", phone=str(next(phones)))
            row.version += 1
            row.save()

    def plain() -> None:
        copy.safe_way, copy.phone = "Ring och vänta.", str(next(phones))
        copy.version += 1
        copy.save()

    took = interleaved(rounds, {"sealed": sealed, "plain": plain})
    return [Line("logged write: a change", took["sealed"], took["plain"], 2.0)]
