"""The acts of the authority guide: a new wording takes the place of the one before it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework import firstrun, policy
from casework.cases.rules import Refused
from casework.records import StaleEdit
from contacts.guide import actions, readers, rules
from contacts.guide.models import GuidePage
from contacts.guide.start import PAGES
from tests.cast import Cast
from tests.fixtures import events, last_event

TODAY = timezone.localdate()


def write(cast: Cast, **more: Any) -> GuidePage:
    words = {"title": "Bank", "area": "everyday", "actors": "Bank", "leaks": "Kontot", "ask_for": "Eget konto"}
    rest = {"papers": "", "answers": "", "source": "", "checked_on": None, "verified": False}
    return actions.write_page(**{"by": cast.cecilia, "slug": "bank", **words, **rest, **more})


def test_a_new_wording_takes_the_place_of_the_one_before(cast: Cast) -> None:
    first = write(cast)
    second = write(cast, seen=first.pk, leaks="Kontot\nKortet", source="Banken", checked_on=TODAY, verified=True)
    first.refresh_from_db()
    assert (first.replaced_at is None, second.replaced_at) == (False, None)
    assert readers.page_of("bank").pk == second.pk
    assert [page.pk for page in readers.history("bank")] == [second.pk, first.pk]
    assert [label for label, _ in readers.history("bank")[0].changed] == ["Vad kan läcka?", "Källa"]
    assert str(second.pk) in {ref.id for ref in last_event(Tag.GUIDE_WRITTEN).refs}


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"verified": True, "checked_on": TODAY}, "behöver både en källa"),
        ({"verified": True, "source": "Lagen"}, "behöver både en källa"),
        ({"verified": True, "source": "  ", "checked_on": TODAY}, "behöver både en källa"),
        ({"checked_on": TODAY + timedelta(days=1)}, "kan inte ligga framåt"),
        ({"seen": uuid4()}, "Sidan finns inte"),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, more: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused, match=message):
        write(cast, **more)
    assert not GuidePage.objects.exists()


def test_an_address_is_given_to_one_page(cast: Cast) -> None:
    write(cast)
    with pytest.raises(Refused, match="redan en sida"):
        write(cast)
    assert GuidePage.objects.count() == len(events(Tag.GUIDE_WRITTEN)) == 1


@pytest.mark.parametrize("seen", ["earlier", "other"])
def test_a_wording_written_in_between_is_not_lost(cast: Cast, seen: str) -> None:
    first = write(cast)
    now = write(cast, seen=first.pk, title="Banken")
    old: dict[str, UUID] = {"earlier": first.pk, "other": uuid4()}
    with pytest.raises(StaleEdit):
        write(cast, seen=old[seen])
    assert readers.page_of("bank").pk == now.pk


@pytest.mark.parametrize("who", ["alma", "dag", "hanna", "lo", "ada"])
def test_only_a_sektionschef_writes(cast: Cast, who: str) -> None:
    user = getattr(cast, who)
    assert not rules.can_write(user)
    assert rules.can_write(cast.cecilia)
    for act in (lambda: write(cast, by=user), lambda: actions.load_start(by=user)):
        with pytest.raises(policy.Forbidden):
            act()


# --- the start set ----------------------------------------------------------------------------------------------------


def test_the_start_set_adds_what_is_missing_and_nothing_else(cast: Cast) -> None:
    own = write(cast, slug="skatteverket", title="Vår egen sida")
    made = actions.load_start(by=cast.cecilia)
    assert {page.slug for page in made} == {words["slug"] for words in PAGES} - {"skatteverket"}
    assert readers.page_of("skatteverket").pk == own.pk
    assert actions.load_start(by=cast.cecilia) == []


def test_setup_lays_it_in(cast: Cast) -> None:
    with trail.bind(trail.current()):
        for lay_in in firstrun.on_setup:
            lay_in()
    assert GuidePage.objects.filter(written_by=None).count() == len(PAGES)
    assert last_event(Tag.GUIDE_WRITTEN).actor == "Programmet"


def test_every_page_of_the_start_set_says_something_of_everything() -> None:
    assert len({words["slug"] for words in PAGES}) == len(PAGES) == 14
    for words in PAGES:
        for part in ("title", "leaks", "ask_for", "papers", "answers", "source"):
            assert words[part].strip(), (words["slug"], part)
        assert all(len(line) <= 125 for part in ("leaks", "ask_for") for line in words[part].splitlines())
        assert words["verified"] == (words["checked_on"] is not None)
    assert {words["slug"] for words in PAGES if words["verified"]} == {"skatteverket", "domstol"}


# --- what belongs together --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "stands"),
    [
        ({}, True),
        ({"verified": True, "checked_on": date(2026, 1, 1), "source": "Lag"}, True),
        ({"checked_on": date(2026, 1, 1)}, True),
        ({"source": "Lag"}, True),
        ({"verified": True}, False),
        ({"verified": True, "checked_on": date(2026, 1, 1)}, False),
        ({"verified": True, "source": "Lag"}, False),
    ],
)
def test_guide_verified_whole(cast: Cast, facts: dict[str, Any], stands: bool) -> None:
    page = GuidePage(slug="a", title="A", area="everyday", **facts)
    if stands:
        page.save()
        return
    with pytest.raises(IntegrityError, match="guide_verified_whole"), transaction.atomic():
        page.save()


def test_guide_one_current(cast: Cast) -> None:
    GuidePage(slug="a", title="A", area="everyday", replaced_at=timezone.now()).save()
    GuidePage(slug="a", title="A", area="everyday").save()
    with pytest.raises(IntegrityError), transaction.atomic():
        GuidePage(slug="a", title="A", area="everyday").save()
