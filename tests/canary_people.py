"""Some hundred clients of whom every sealed text is a canary, made many at a time."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import timedelta
from typing import Any, get_type_hints

from django.db import models
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.access.models import AccessGrant, GrantReason
from casework.cases.models import Case, JournalNote, Narrative, NoteContent
from casework.cases.naming import check_digit
from casework.clients import numbers
from casework.clients.models import Address, Channels, Client, Identity, MarkDetails, NameIndex, ProtectionMark
from casework.crypto import keyring
from casework.crypto.fields import SealedModel, sealed_fields
from casework.drafts.models import Draft, DraftContent
from casework.signin.models import Section, User
from contacts.assignments.models import Assignment, AssignmentWords
from tests.canary import Canaries
from tests.exhibits import EXHIBITS

# Codes of a fixed list, and an address of the program: what stands there is no text of a person.
CODED = {"Identity.number_kind": "personnummer", "MarkDetails.kind": "SECRECY_MARKING", "DraftContent.path": "/"}
# Columns in clear on a sealed row that hold no text of a person: made by the program, or naming an authority or a form.
MADE_BY_THE_PROGRAM = {
    "Actor.name", "Agreement.name", "Case.number", "Case.pseudonym", "Draft.slot", "ExchangeKey.seal_key",
    "ExchangeKey.verify_key", "Home.area", "Home.name", "KompottOffer.reference", "KompottOffer.to_tell",
    "KompottOffer.urgency", "KompottRequest.reference", "KompottRequest.to_tell", "Landlord.name",
    "LetterTemplate.name", "MaskingHit.field", "MaskingHit.group", "MaskingHit.model", "ReleasePiece.model",
}  # fmt: skip


@dataclass(frozen=True)
class Person:
    client: Client
    case: Case
    mark: ProtectionMark
    note: JournalNote
    task: Assignment


def filled(group: type[Any], known: Canaries) -> Any:
    """A sealed group with a canary in every text."""
    values: dict[str, Any] = {}
    for name, kind in get_type_hints(group).items():
        what = f"{group.__name__}.{name}"
        if what in CODED:
            values[name] = CODED[what]
        elif what == "Identity.number":
            values[name] = known.number(what)
        elif kind is str:
            values[name] = known.text(what)
        elif "list[str]" in str(kind) and "dict" not in str(kind):
            values[name] = [known.text(what), known.text(what)]
        elif "list[dict" in str(kind):
            values[name] = [{known.text(what): known.text(what)}]
        elif "dict" in str(kind):
            values[name] = {known.text(what): [known.text(what), known.text(what)]}
    return group(**values)


def sealed_texts() -> Iterator[str]:
    """Every text of every sealed group of the program: "Identity.given_name"."""
    for _, field in sealed_fields():
        if field.group is not None and is_dataclass(field.group):
            hints = get_type_hints(field.group)
            yield from (
                f"{field.group.__name__}.{part.name}"
                for part in fields(field.group)
                if hints[part.name] not in (bool, int)
            )


def texts_in_clear() -> Iterator[str]:
    """Every column on a row with seals where free text could stand: "Case.pseudonym"."""
    for model in {model for model, _ in sealed_fields()}:
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices:
                yield f"{model.__name__}.{field.name}"


def make_people(known: Canaries, count: int, *, by: User, section: Section, staff: list[User]) -> list[Person]:
    """`count` clients with a case, a protection, two notes, an assignment and its grant, spread over `staff`."""
    with keyring.scope(), trail.bulk(Tag.SEEDED, by=by):
        clients = _clients(known, count)
        cases = _saved(Case, [_case(known, at, client, section) for at, client in enumerate(clients)])
        pairs = [(case, staff[at % len(staff)]) for at, case in enumerate(cases)]
        marks = _saved(ProtectionMark, [_mark(known, case) for case in cases])
        notes = _saved(JournalNote, [_step(known, case, user) for case, user in pairs])
        _saved(JournalNote, [_beside(known, note) for note in notes])
        tasks = _saved(Assignment, [_task(known, case, user, by) for case, user in pairs])
        _saved(AccessGrant, [_grant(known, task, by) for task in tasks])
    parts = zip(clients, cases, marks, notes, tasks, strict=True)
    people = [Person(*part) for part in parts]
    with keyring.scope(), trail.bulk(Tag.SEEDED, by=by):
        for exhibit in EXHIBITS:
            _exhibit(exhibit.sealed(known, person, user) for person, (_, user) in zip(people, pairs, strict=True))
    for case, user in pairs:
        Draft(user=user, slot=f"step:{case.number}", case=case, content=filled(DraftContent, known)).save()
    return people


def _exhibit(made: Iterator[list[Any]]) -> None:
    """Saves what an exhibit made for each person, a place in its lists at a time: the first of all, the second ..."""
    for rows in zip(*made, strict=True):
        _saved(type(rows[0]), list(rows))


def _saved(model: type[SealedModel], rows: list[Any]) -> list[Any]:
    model.objects.bulk_create(rows)  # type: ignore[attr-defined]
    return rows


def _clients(known: Canaries, count: int) -> list[Client]:
    clients, names = [Client() for _ in range(count)], []
    keyring.create_keys(keyring.Purpose.CLIENT, [client.pk for client in clients])
    for client in clients:
        identity = filled(Identity, known)
        client.identity, client.address = identity, filled(Address, known)
        client.channels = filled(Channels, known)
        client.number_index = numbers.number_value(identity.number)
        names += [NameIndex(client=client, value=value) for value in numbers.name_values(identity)]
    Client.objects.bulk_create(clients)
    NameIndex.objects.bulk_create(names)
    return clients


def _case(known: Canaries, at: int, client: Client, section: Section) -> Case:
    digits = f"9{at:06d}"
    return Case(
        number=f"{digits[:2]}-{digits[2:]}-{check_digit(digits)}",
        pseudonym=f"Påhittad {at}",
        client=client,
        section=section,
        state=Case.State.OPEN,
        referral_source="police",
        taken_in_on=timezone.localdate() - timedelta(days=90),
        narrative=filled(Narrative, known),
    )


def _mark(known: Canaries, case: Case) -> ProtectionMark:
    return ProtectionMark(
        client_id=case.client_id,
        details=filled(MarkDetails, known),
        valid_from=timezone.localdate() - timedelta(days=9),
    )


def _step(known: Canaries, case: Case, author: User) -> JournalNote:
    when = timezone.now() - timedelta(days=1)
    facts = {"kind": "talk", "place": "office", "way": "with", "outcome": "done", "minutes": 30}
    return JournalNote(
        case=case, client_id=case.client_id, author=author, entry="step", occurred_at=when, signed_at=when,
        next_on=timezone.localdate(), content=filled(NoteContent, known), **facts,
    )  # fmt: skip


def _beside(known: Canaries, note: JournalNote) -> JournalNote:
    when = timezone.now() - timedelta(hours=1)
    return JournalNote(
        case=note.case, client_id=note.client_id, author=note.author, entry="correction", about=note,
        occurred_at=when, signed_at=when, content=filled(NoteContent, known),
    )  # fmt: skip


def _task(known: Canaries, case: Case, user: User, by: User) -> Assignment:
    return Assignment(
        case=case, client_id=case.client_id, user=user, kind="main", state="active", offered_by=by,
        manager_cleared=True, user_cleared=True, answered_at=timezone.now(), words=filled(AssignmentWords, known),
    )  # fmt: skip


def _grant(known: Canaries, task: Assignment, by: User) -> AccessGrant:
    return AccessGrant(
        case=task.case, client_id=task.client_id, user=task.user, kind="assignment", source=task.pk, opened_by=by,
        reason=filled(GrantReason, known),
    )  # fmt: skip
