"""What the database itself refuses of a need."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from housing.needs.models import HousingNeed, NeedVersion
from tests.cast import Cast
from tests.housing.made import make_need
from tests.housing.needs.facts import profile

AT, DAY = "2026-03-01 10:00:00", "2026-03-01"


@pytest.fixture
def need(cast: Cast, case: Case) -> HousingNeed:
    return make_need(cast.alma, case, published=False)


def force(need: HousingNeed, **values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        names = ", ".join(f"{name} = %s" for name in values)
        cursor.execute(f"UPDATE {need._meta.db_table} SET {names}", list(values.values()))


def test_need_state_known(need: HousingNeed) -> None:
    with pytest.raises(IntegrityError, match=r"need_(state_known|ended_whole)"):
        force(need, state="gone")
    assert any(one.name == "need_state_known" for one in HousingNeed._meta.constraints)


def test_need_published_whole(need: HousingNeed) -> None:
    with pytest.raises(IntegrityError, match="need_published_whole"):
        force(need, state="published", published_at=None)
    force(need, state="published", published_at=AT)
    force(need, state="draft", published_at=None)


@pytest.mark.parametrize(("state", "day"), [("met", None), ("draft", DAY), ("published", DAY)])
def test_need_ended_whole(need: HousingNeed, state: str, day: str | None) -> None:
    with pytest.raises(IntegrityError, match="need_ended_whole"):
        force(need, state=state, published_at=AT, ended_on=day)
    force(need, state="met", ended_on=DAY)
    force(need, state="draft", ended_on=None)


@pytest.mark.parametrize(
    ("state", "why", "day"), [("withdrawn", "", DAY), ("met", "need_person", DAY), ("draft", "need_person", None)]
)
def test_need_withdrawn_whole(need: HousingNeed, state: str, why: str, day: str | None) -> None:
    with pytest.raises(IntegrityError, match="need_withdrawn_whole"):
        force(need, state=state, withdrawn_why=why, ended_on=day)
    force(need, state="withdrawn", withdrawn_why="need_person", ended_on=DAY)
    force(need, state="draft", withdrawn_why="", ended_on=None)


def test_need_one_at_a_time(cast: Cast, case: Case, need: HousingNeed) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_need(cast.alma, case)
    force(need, state="met", ended_on=DAY)
    assert make_need(cast.alma, case).state == "published"
    assert any(one.name == "need_one_at_a_time" for one in HousingNeed._meta.constraints)


def test_needversion_once(cast: Cast, case: Case, need: HousingNeed) -> None:
    facts = {"need": need, "client_id": case.client_id, "written_by": cast.alma, "profile": profile()}
    with pytest.raises(IntegrityError), transaction.atomic(), trail.act(Tag.IMPORTED):
        NeedVersion(number=1, **facts).save()
    with trail.act(Tag.IMPORTED):
        NeedVersion(number=2, **facts).save()
    assert any(one.name == "needversion_once" for one in NeedVersion._meta.constraints)
