"""Supervision of one kontaktperson: noted by the sektionschef, read by the two of them."""

from contextlib import nullcontext
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from audit.tags import Tag
from casework.cases.rules import Refused
from casework.crypto import keyring, rotation
from casework.crypto.keyring import Purpose
from casework.policy import Forbidden
from casework.signin.models import User
from contacts.supervision import actions, mentors, rules
from contacts.supervision.models import Mentoring, MentoringWords
from tests.cast import Cast
from tests.fixtures import SignIn, last_event, send, text

TODAY = timezone.localdate()
WORDS = MentoringWords(focus="Att våga vänta", agreement="Pröva två gånger")
URL = "/handledning/enskild/"


def note(cast: Cast, worker: User | None = None, **more: object) -> Mentoring:
    facts = {"kind": "field", "held_on": TODAY, "words": WORDS, **more}
    return actions.note_mentoring(by=cast.cecilia, worker=worker or cast.alma, **facts)  # type: ignore[arg-type]


def test_a_mentoring_is_noted_under_the_staff_key(cast: Cast) -> None:
    made = note(cast, next_on=TODAY + timedelta(days=14))
    assert (made.section, made.mentor, made.words.open()) == (cast.section, cast.cecilia, WORDS)
    assert str(made) == str(made.pk)
    event = last_event(Tag.MENTORED)
    assert (event.reason_code, event.case) == ("mentoring:field", "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM contacts_mentoring")
        sealed = bytes(cursor.fetchone()[0])
    assert int.from_bytes(sealed[1:5], "big") == keyring.current_key(Purpose.STAFF).id
    assert "vänta".encode() not in sealed


def test_a_new_staff_key_opens_what_was_noted(cast: Cast) -> None:
    made, before = note(cast), keyring.current_key(Purpose.STAFF).id
    outcome = rotation.rotate_dek(Purpose.STAFF, lambda progress: None)
    assert (outcome.broken, outcome.resealed > 0) == ([], True)
    with keyring.scope(fresh=True):
        assert keyring.current_key(Purpose.STAFF).id != before
        assert Mentoring.objects.get(pk=made.pk).words.open() == WORDS


def test_who_may_note_for_whom(cast: Cast) -> None:
    assert rules.can_mentor(cast.cecilia, cast.bo)
    for by, worker in ((cast.alma, cast.bo), (cast.edvin, cast.bo), (cast.cecilia, cast.eva), (cast.dag, cast.bo)):
        assert not rules.can_mentor(by, worker)
        with pytest.raises(Forbidden):
            actions.note_mentoring(by=by, worker=worker, kind="field", held_on=TODAY, words=WORDS)
    cast.bo.is_active = False
    with pytest.raises(Refused, match="aktiv kontaktperson"):
        note(cast, cast.bo)
    cast.cecilia.section = cast.section
    with pytest.raises(Refused, match="aktiv kontaktperson"):
        note(cast, cast.cecilia)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"held_on": TODAY + timedelta(days=1)}, "när den har hållits"),
        ({"next_on": TODAY}, "inte ligga före"),
        ({"words": MentoringWords(agreement="x")}, "vad handledningen handlade om"),
    ],
)
def test_what_cannot_be(cast: Cast, more: dict[str, object], why: str) -> None:
    with pytest.raises(Refused, match=why):
        note(cast, **more)


@pytest.mark.parametrize(("kind", "broken"), [("individual", ""), ("other", "mentoring_kind_known")])
def test_the_database_knows_the_kinds(cast: Cast, kind: str, broken: str) -> None:
    with pytest.raises(IntegrityError, match=broken) if broken else nullcontext(), transaction.atomic():
        note(cast, kind=kind)


def test_who_has_waited_longest_stands_first(cast: Cast) -> None:
    note(cast, cast.alma, held_on=TODAY - timedelta(days=31))
    assert [(turn.worker, turn.late) for turn in mentors.turns(cast.cecilia)] == [(cast.bo, True), (cast.alma, True)]
    note(cast, cast.bo, held_on=TODAY - timedelta(days=20), next_on=TODAY)
    note(cast, cast.alma, held_on=TODAY - timedelta(days=2))
    turns = mentors.turns(cast.cecilia)
    assert [(turn.worker, turn.late, turn.next) for turn in turns] == [
        (cast.bo, False, TODAY),
        (cast.alma, False, None),
    ]
    note(cast, cast.alma, held_on=TODAY - timedelta(days=2), next_on=TODAY - timedelta(days=1))
    assert mentors.turns(cast.cecilia)[0].worker == cast.alma
    assert mentors.turns(cast.edvin)[0].last is None


def test_each_reads_her_own_and_nobody_elses(signed_in: SignIn, cast: Cast) -> None:
    note(cast)
    for user, seen in ((cast.alma, True), (cast.cecilia, True), (cast.bo, False), (cast.edvin, False)):
        assert ("Att våga vänta" in text(signed_in(user).get(URL))) is seen
    for user in (cast.dag, cast.hanna, cast.lo, cast.ada):
        assert signed_in(user).get(URL).status_code == 403


def test_the_form_notes_once(signed_in: SignIn, cast: Cast) -> None:
    client, url = signed_in(cast.cecilia), f"{URL}ny/"
    body = text(client.get(f"{url}?vem={cast.bo.pk}"))
    assert f'<option value="{cast.bo.pk}" selected' in body
    assert "Skriv inte vem det gäller" in body
    assert str(cast.eva.pk) not in body
    assert client.get(f"{url}?vem=nonsens").status_code == 200
    data = {
        "worker": str(cast.bo.pk),
        "kind": "individual",
        "held_on": str(TODAY),
        "focus": "Lugn",
        "once": str(uuid4()),
    }
    for _ in range(2):
        assert send(client, url, **data).url == URL
    assert Mentoring.objects.get().words.open() == MentoringWords(focus="Lugn")
    assert "Handledningen är antecknad." in text(client.get(URL))


def test_the_form_says_what_is_wrong(signed_in: SignIn, cast: Cast) -> None:
    data = {"worker": str(cast.eva.pk), "kind": "x", "held_on": str(TODAY), "focus": "Ring 040-12 34 56 om det"}
    body = text(send(signed_in(cast.cecilia), f"{URL}ny/", **data, next_on=str(TODAY)))
    for message in ("Skriv inte vem det gäller", "Välj något av alternativen", "inte ligga före den här"):
        assert message in body
    assert not Mentoring.objects.exists()
    assert send(signed_in(cast.alma), f"{URL}ny/", **data).status_code == 403
