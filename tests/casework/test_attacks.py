"""Somebody writes in the database, destroys a key, lies in a header, or asks for what belongs to another."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client as Browser
from django.urls import reverse

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case, JournalNote
from casework.clients import actions as clients
from casework.clients.models import Address, Channels, Client, ProtectionMark
from casework.crypto import keyring
from casework.drafts import store
from casework.drafts.models import Draft
from contacts.assignments import actions as contacts
from contacts.models import Assignment
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, events, send, text
from tests.world import post_data

WORDS = "Hemligheten"


@dataclass
class Two:
    """Two cases of Alma's, with words in every group."""

    cast: Cast
    first: Case
    second: Case
    alma: Browser

    @property
    def page(self) -> str:
        return reverse("case", args=[self.first.number])

    def of_first(self, model: type[Any], field: str = "case") -> Any:
        return model.objects.filter(**{field: self.first}).first()

    def of_second(self, model: type[Any], field: str = "case") -> Any:
        return model.objects.filter(**{field: self.second}).first()


@pytest.fixture
def two(cast: Cast, signed_in: SignIn) -> Two:
    made = [made_case(cast), made_case(cast)]
    return Two(cast, made[0], made[1], signed_in(cast.alma))


def made_case(cast: Cast) -> Case:
    """A case with words in every group."""
    number = factories.test_number()
    case = factories.make_case(cast.cecilia, given_name=WORDS, family_name=WORDS, number=number)
    factories.assign(cast.cecilia, case, cast.alma)
    contacts.offer_assignment(by=cast.cecilia, case=case, user=cast.bo, kind="deputy", no_conflict=True, message=WORDS)
    case.client.refresh_from_db()
    clients.change_address(
        by=cast.alma, case=case, address=Address(street=WORDS), review_on=case.taken_in_on, version=case.client.version
    )
    case.client.refresh_from_db()
    clients.change_channels(by=cast.alma, case=case, channels=Channels(safe_way=WORDS), version=case.client.version)
    clients.add_mark(by=cast.alma, case=case, kind="SECRECY_MARKING", valid_from=case.taken_in_on)
    for _ in range(2):
        factories.make_step(cast.alma, case, text=WORDS, next_step=WORDS, next_on=case.taken_in_on)
    slot = store.step_slot(case)
    store.save(user=cast.alma, slot=slot, path="/", post=post_data(text=WORDS), case=case)
    return case


def overwrite(row: Any, column: str, blob: bytes) -> None:
    """As somebody does who writes in the database itself."""
    table, pk = row._meta.db_table, row._meta.pk.get_db_prep_value(row.pk, connection)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [blob, pk])


def blob_of(row: Any, column: str) -> bytes:
    return bytes(getattr(row, column).blob)


def shows_nothing(answer: HttpResponse) -> None:
    assert answer.status_code == 503
    assert WORDS not in text(answer)
    assert answer.headers["Cache-Control"] == "no-store"


# --- seals out of place -----------------------------------------------------------------------------------------------

Ask = Callable[[Two], HttpResponse]


def page(name: str) -> Ask:
    return lambda two: two.alma.get(reverse(name, args=[two.first.number]))


def revealed(group: str) -> Ask:
    return lambda two: two.alma.post(reverse("reveal", args=[two.first.number, group]), {"reason": "contact"})


def search_by_name(two: Two) -> HttpResponse:
    return two.alma.post(reverse("search"), {"q": WORDS})


CLIENT_SEALS: list[tuple[str, Ask]] = [
    ("identity", revealed("identitet")), ("identity", page("identity_change")), ("identity", search_by_name),
    ("address", revealed("adress")), ("address", page("address_change")),
    ("channels", revealed("kontakt")), ("channels", page("channels_change")),
]  # fmt: skip
CASE_SEALS: list[tuple[type[Any], str, Ask]] = [
    (JournalNote, "content", page("case")), (JournalNote, "content", page("step_new")),
    (JournalNote, "content", lambda two: two.alma.get(reverse("caseload"))),
    (ProtectionMark, "details", page("case")), (ProtectionMark, "details", page("step_new")),
    (Draft, "content", page("step_new")),
]  # fmt: skip


def test_all_these_pages_answer_while_nobody_has_touched_the_seals(two: Two) -> None:
    """Otherwise the rest of this file would prove nothing."""
    for ask in (*(ask for _, ask in CLIENT_SEALS), *(ask for _, _, ask in CASE_SEALS)):
        assert ask(two).status_code == 200
    assert text(page("case")(two)).count(WORDS) >= 2


@pytest.mark.parametrize(("column", "ask"), CLIENT_SEALS)
def test_the_seal_of_another_client_opens_on_no_page(two: Two, column: str, ask: Ask) -> None:
    overwrite(two.first.client, column, blob_of(two.second.client, column))
    shows_nothing(ask(two))


@pytest.mark.parametrize(("column", "ask"), CLIENT_SEALS)
def test_the_seal_of_another_group_opens_on_no_page(two: Two, column: str, ask: Ask) -> None:
    other = "channels" if column != "channels" else "address"
    overwrite(two.first.client, column, blob_of(Client.objects.get(pk=two.first.client_id), other))
    shows_nothing(ask(two))


@pytest.mark.parametrize(("model", "column", "ask"), CASE_SEALS)
def test_the_seal_of_a_row_in_another_case_opens_on_no_page(two: Two, model: Any, column: str, ask: Ask) -> None:
    field = "client" if model is ProtectionMark else "case"
    mine, theirs = (
        model.objects.filter(**{field: getattr(case, f"{field}_id", case.pk)}) for case in (two.first, two.second)
    )
    for row, other in zip(mine, theirs, strict=True):
        overwrite(row, column, blob_of(other, column))
    shows_nothing(ask(two))


def test_the_seals_of_two_rows_of_one_client_cannot_change_places(two: Two) -> None:
    one, other = JournalNote.objects.filter(case=two.first)
    overwrite(one, "content", blob_of(other, "content"))
    shows_nothing(two.alma.get(two.page))


def test_words_of_another_case_and_of_another_group_open_on_no_page(two: Two, signed_in: SignIn) -> None:
    overwrite(two.first, "narrative", blob_of(two.second, "narrative"))
    shows_nothing(two.alma.get(two.page))
    asked, other = (Assignment.objects.get(case=case, user=two.cast.bo) for case in (two.first, two.second))
    overwrite(asked, "words", blob_of(other, "words"))
    bo = signed_in(two.cast.bo)
    shows_nothing(bo.get(reverse("assignment", args=[asked.pk])))
    shows_nothing(bo.get(reverse("caseload")))


@pytest.mark.parametrize("blob", [b"", b"\x01", WORDS.encode(), b"\x00" * 200])
def test_bytes_that_are_no_seal_are_never_shown(two: Two, blob: bytes) -> None:
    overwrite(two.first, "narrative", blob)
    shows_nothing(two.alma.get(two.page))


# --- a key that is gone -----------------------------------------------------------------------------------------------


def test_a_client_whose_key_is_destroyed_is_shown_nowhere(two: Two) -> None:
    with trail.act(Tag.KEY_DESTROYED):
        keyring.destroy_keys(keyring.Purpose.CLIENT, two.first.client_id)
    for ask in (
        *dict.fromkeys(ask for _, ask in CLIENT_SEALS),
        page("case"),
        page("narrative_change"),
        page("step_new"),
    ):
        answer = ask(two)
        shows_nothing(answer)
        assert "En uppgift kunde inte öppnas" in text(answer)
    assert two.alma.get(reverse("case", args=[two.second.number])).status_code == 200


# --- what belongs to another ------------------------------------------------------------------------------------------


def test_a_protection_is_not_reached_through_another_case(two: Two, signed_in: SignIn) -> None:
    foreign = ProtectionMark.objects.get(client=two.second.client)
    url = reverse("mark_end", args=[two.first.number, foreign.pk])
    for answer in (two.alma.get(url), send(two.alma, url, ended_on="2026-01-01", reason="Försök")):
        assert answer.status_code == 404
    assert ProtectionMark.objects.get(pk=foreign.pk).ended_on is None
    assert len(events("access:denied")) == 2


def test_a_case_is_not_there_in_another_spelling(two: Two) -> None:
    number = two.first.number
    for spelled in (f"{number}%00", f"%20{number}", number.replace("-", "_"), f"{number}'--", "%25", "..%2f" + number):
        assert two.alma.get(f"/arenden/{spelled}/").status_code == 404
