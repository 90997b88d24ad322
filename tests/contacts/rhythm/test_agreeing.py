"""How often there is to be contact: agreed anew, never changed."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from audit.tags import Tag
from casework.access import actions as access
from casework.cases import actions as cases
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.policy import Forbidden
from contacts.models import ContactRhythm
from contacts.rhythm import actions, rules
from contacts.rhythm.models import Every, RhythmWords
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, last_event, send, text

TODAY = timezone.localdate()
AGREEMENT = {
    "every": "14",
    "phase": "support",
    "agreed_on": str(TODAY),
    "with_person": "on",
    "why": "Hon orkar inte mer",
}


def url_of(case: Case) -> str:
    return f"/arenden/{case.number}/rytm/"


def agree(by: Any, case: Case, **more: Any) -> ContactRhythm:
    facts = {"every": 14, "agreed_on": TODAY, "with_person": True, "why": "Lagom", "phase": "support", **more}
    return actions.agree_rhythm(by=by, case=case, **facts)


@pytest.fixture
def older(cast: Cast) -> Case:
    """A case of Alma's that came in a hundred days ago."""
    made = factories.make_case(cast.cecilia, taken_in_days_ago=100)
    factories.assign(cast.cecilia, made, cast.alma)
    return made


def test_an_agreement_is_saved_with_everything_that_was_filled_in(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    assert send(client, url_of(case), **AGREEMENT).url == f"/arenden/{case.number}/"
    row = ContactRhythm.objects.get()
    assert (row.every, row.phase, row.agreed_on, row.agreed_with_person) == (14, "support", TODAY, True)
    assert (row.set_by, row.ended_on, row.client_id) == (cast.alma, None, case.client_id)
    assert row.words.open().why == "Hon orkar inte mer"
    event = last_event(Tag.RHYTHM_AGREED)
    assert (cases_of(event), event.reason_code) == ({case.number}, "support")
    assert "Hon orkar" not in str(event.body)
    body = text(client.get(url_of(case)))
    for shown in ("Varannan vecka", "Hon orkar inte mer", "Gäller nu", "överenskommet med personen", "Alma Lind"):
        assert shown in body


def test_a_new_agreement_ends_the_one_before(cast: Cast, older: Case) -> None:
    first = agree(cast.alma, older, agreed_on=TODAY - timedelta(days=30))
    second = agree(cast.alma, older, every=7, agreed_on=TODAY - timedelta(days=3))
    third = agree(cast.alma, older, every=30, phase="tapering", agreed_on=TODAY - timedelta(days=3))
    ended = dict(ContactRhythm.objects.values_list("pk", "ended_on"))
    assert ended == {first.pk: TODAY - timedelta(days=3), second.pk: TODAY - timedelta(days=3), third.pk: None}


def test_the_same_form_twice_agrees_once(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, token = signed_in(cast.alma), str(uuid4())
    for _ in range(2):
        assert send(client, url_of(case), **AGREEMENT, once=token).url == f"/arenden/{case.number}/"
    assert ContactRhythm.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"every": ""}, "Svara på frågan: Hur ofta?"),
        ({"every": "13"}, "Välj något av alternativen i listan."),
        ({"phase": "x"}, "Välj något av alternativen i listan."),
        ({"agreed_on": str(TODAY + timedelta(days=1))}, "Datumet får inte ligga i framtiden."),
        ({"agreed_on": str(TODAY - timedelta(days=101))}, "då ärendet togs emot."),
        ({"with_person": "", "why": ""}, "Skriv varför, när ni inte har kommit överens om det tillsammans."),
        ({"why": "x" * 2001}, "högst 2\xa0000 får plats"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(
    signed_in: SignIn, cast: Cast, older: Case, more: dict[str, str], message: str
) -> None:
    body = text(send(signed_in(cast.alma), url_of(older), **{**AGREEMENT, **more}))
    assert message in body
    assert not ContactRhythm.objects.exists()


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"every": 13}, "Välj hur ofta"),
        ({"phase": "x"}, "Välj hur ofta"),
        ({"agreed_on": TODAY + timedelta(days=1)}, "ligger framåt"),
        ({"agreed_on": TODAY - timedelta(days=101)}, "ärendet togs emot"),
        ({"agreed_on": TODAY - timedelta(days=11)}, "Välj den dagen eller en senare"),
    ],
)
def test_the_act_refuses_the_same(cast: Cast, older: Case, more: dict[str, Any], why: str) -> None:
    agree(cast.alma, older, agreed_on=TODAY - timedelta(days=10))
    with pytest.raises(Refused, match=why):
        agree(cast.alma, older, **more)
    assert ContactRhythm.objects.get().ended_on is None


@pytest.mark.parametrize(("who", "read", "write"), [("cecilia", 200, 403), ("bo", 404, 404), ("eva", 404, 404)])
def test_the_page_is_for_those_in_the_case(
    signed_in: SignIn, cast: Cast, case: Case, who: str, read: int, write: int
) -> None:
    client = signed_in(getattr(cast, who))
    answer = client.get(url_of(case))
    assert answer.status_code == read
    assert "Spara kontaktrytmen" not in text(answer)
    assert send(client, url_of(case), **AGREEMENT).status_code == write
    assert not ContactRhythm.objects.exists()


def test_the_rule_is_the_same_as_the_act(cast: Cast, case: Case) -> None:
    assert rules.can_agree(cast.alma, case)
    for by in (cast.cecilia, cast.bo):
        assert not rules.can_agree(by, case)
        with pytest.raises(Forbidden):
            agree(by, case)


def test_a_closed_case_is_refused_also_when_it_closed_in_between(cast: Cast, case: Case) -> None:
    stale = Case.objects.get(pk=case.pk)
    cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    case.refresh_from_db()
    done = cases.close_case(by=cast.cecilia, case=case, closure_reason="moved", note="Flyttat")
    access.open_grant(by=cast.cecilia, case=done, user=cast.bo, kind="deputy", source=case.pk)
    assert not rules.can_agree(cast.bo, done)
    for seen in (done, stale):
        with pytest.raises(Refused, match="avslutat"):
            agree(cast.bo, seen)


def test_what_is_written_stands_sealed(cast: Cast, case: Case) -> None:
    agree(cast.alma, case, why="Kanariefågel om veckodagar")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM contacts_contactrhythm")
        assert b"Kanarie" not in b"".join(bytes(value) for value in cursor.fetchone() if isinstance(value, bytes))


def row(case: Case, cast: Cast, **more: Any) -> ContactRhythm:
    facts = {"every": 14, "agreed_on": TODAY, "set_by": cast.alma, "words": RhythmWords(), **more}
    return ContactRhythm(case=case, client_id=case.client_id, **facts)


@pytest.mark.parametrize(
    ("name", "bad", "good"),
    [
        ("rhythm_every_known", {"every": 13}, {"every": 91}),
        ("rhythm_ends_after_start", {"ended_on": TODAY - timedelta(days=1)}, {"ended_on": TODAY}),
        ("rhythm_ends_after_start", {"ended_on": TODAY - timedelta(days=9)}, {"ended_on": None}),
    ],
)
def test_the_database_holds_what_belongs_together(
    cast: Cast, case: Case, name: str, bad: dict[str, Any], good: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row(case, cast, **bad).save()
    row(case, cast, **good).save()


def test_one_agreement_is_in_force(cast: Cast, case: Case) -> None:
    """rhythm_one_in_force: two that go on are refused; one ended and one that goes on are not; nor two ended."""
    row(case, cast, ended_on=TODAY).save()
    row(case, cast, ended_on=TODAY).save()
    row(case, cast).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        row(case, cast).save()


def test_the_case_page_tells_how_often_when_last_and_when_next(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, page = signed_in(cast.alma), f"/arenden/{case.number}/"
    assert "Inte överenskommet än" in text(client.get(page))
    agree(cast.alma, case, every=Every.WEEK)
    factories.make_step(cast.alma, case, outcome="attempted")
    assert "Ingen än" in text(client.get(page))
    factories.make_step(cast.alma, case, when=timezone.now() - timedelta(days=5))
    body = text(client.get(page))
    for shown in ("En gång i veckan", str(TODAY - timedelta(days=5)), str(TODAY + timedelta(days=2))):
        assert shown in body
