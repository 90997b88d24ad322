"""The forms: written once, kept as a draft, wrong things said at their field, late edits shown beside each other."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from casework.cases.models import Case
from casework.clients.children import actions as children
from casework.clients.children.models import Child
from casework.clients.models import Identity
from casework.crypto.personnummer import luhn
from housing.needs import readers
from housing.needs.models import HousingNeed, NeedVersion
from housing.tracks.models import Track
from tests.cast import Cast
from tests.fixtures import SignIn, send, text
from tests.housing.made import make_track
from tests.housing.needs.facts import change, data, handed, profile, write
from tests.housing.needs.test_case_pages import url_of
from tests.housing.needs.test_need_acts import close


def new_url(case: Case) -> str:
    return url_of(case, "behov/nytt/")


def act_url(case: Case, need: HousingNeed, act: str) -> str:
    return url_of(case, f"behov/{need.pk}/{act}/")


def number_of(years: int) -> str:
    """A number of somebody who has been so old for some weeks."""
    born = timezone.localdate() - timedelta(days=round(365.25 * years) + 40)
    base = f"{born:%Y%m%d}980"
    return base + str(luhn(base[2:]))


def add_child(cast: Cast, case: Case, number: str, **more: Any) -> Child:
    who = Identity(given_name="Qvirina", number=number, number_kind="personnummer" if number else "")
    facts = {"alias": "Barnet", "lives_with": True, **more}
    return children.add_child(by=cast.alma, case=case, identity=who, **facts)


def test_a_need_is_written_once(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, form = signed_in(cast.alma), data(once=str(uuid4()))
    for _ in range(2):
        assert send(client, new_url(case), **form).url == url_of(case)
    need = HousingNeed.objects.get()
    assert (need.urgency, readers.newest(need)) == ("month", profile())
    assert "Behovet är skrivet." in text(client.get(url_of(case)))
    again = text(send(client, new_url(case), **data()))
    assert "Det finns redan ett boendebehov" in again


def test_the_least_that_can_be_said(signed_in: SignIn, cast: Cast, case: Case) -> None:
    assert send(signed_in(cast.alma), new_url(case), urgency="now", adults="1").status_code == 302
    assert readers.newest(HousingNeed.objects.get()).adults == 1


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"urgency": ""}, "Svara på frågan: Hur bråttom är det?"), ({"urgency": "x"}, "Välj något av alternativen"),
        ({"adults": ""}, "Fyll i vuxna."), ({"adults": "0"}, "1"), ({"adults": "två"}, "Skriv ett heltal med siffror."),
        ({"rooms": "21"}, "20"), ({"children_0": "-1"}, "0"), ({"max_rent": "100001"}, "100000"),
        ({"children_1": "15", "children_2": "15"}, "Barnen är 30 tillsammans. Skriv högst 20."),
        ({"areas": ["1281", "1230"]}, "Lund står både som önskat område och som område att undvika."),
        ({"avoid": ["atlantis"]}, "Välj"), ({"note": "x" * 4001}, "Korta den"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(
    signed_in: SignIn, cast: Cast, case: Case, more: dict[str, Any], message: str
) -> None:
    page = text(send(signed_in(cast.alma), new_url(case), **data(**more)))
    assert message in page
    assert "field--error" in page
    assert not HousingNeed.objects.exists()


def test_overlapping_areas_are_said_where_they_are_to_be_avoided(signed_in: SignIn, cast: Cast, case: Case) -> None:
    page = text(send(signed_in(cast.alma), new_url(case), **data(areas=["1281"])))
    assert 'href="#id_avoid_0"' in page


def test_a_draft_is_kept_as_it_was_typed(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    kept = client.post(f"/utkast/need:{case.number}/", data(note="Halvskrivet", avoid=["1281", "1230"]))
    assert kept.status_code == 200
    page = text(client.get(new_url(case)))
    assert "Halvskrivet" in page
    assert "checked" in page.split('name="avoid" value="1230"')[1].split(">")[0]
    assert "Släng utkastet" in page
    send(client, new_url(case), **data())
    assert "Halvskrivet" not in text(client.get(new_url(case)))


def test_a_new_need_begins_with_the_children_by_age_alone(signed_in: SignIn, cast: Cast, case: Case) -> None:
    for years in (0, 7, 8, 16):
        add_child(cast, case, number_of(years))
    add_child(cast, case, number_of(30))
    add_child(cast, case, "")
    add_child(cast, case, number_of(3), lives_with=False)
    gone = add_child(cast, case, number_of(3))
    children.leave_household(by=cast.alma, child=gone, left_on=timezone.localdate())
    assert sorted(readers.child_bands(case)) == ["0", "15-17", "6-12", "6-12"]
    page = text(signed_in(cast.alma).get(new_url(case)))
    for name, value in (("children_0", "1"), ("children_2", "2"), ("children_4", "1")):
        box = page.split(f'name="{name}"')[1].split(">")[0]
        assert f'value="{value}"' in box
    assert "value=" not in page.split('name="children_1"')[1].split(">")[0]
    assert "Qvirina" not in page


def test_an_edit_that_comes_late_shows_both(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, need = signed_in(cast.alma), handed(cast, case)
    address = act_url(case, need, "andra")
    assert "Nära mormor" in text(client.get(address))
    change(cast, need, by=cast.cecilia, note="Hennes", avoid=["1230"], rooms=5)
    page = text(send(client, address, **data(note="Mitt", version="1")))
    for word in ("Någon annan hann ändra", "Mitt", "Hennes", "Staffanstorp", 'name="version" value="2"'):
        assert word in page
    form = data(note="Båda", version="2", once=str(uuid4()))
    for _ in range(2):
        assert send(client, address, **form).url == url_of(case)
    assert (NeedVersion.objects.count(), readers.newest(need).note) == (3, "Båda")
    assert "Den förra versionen finns kvar." in text(client.get(url_of(case)))


def test_a_change_begins_with_what_is_there(signed_in: SignIn, cast: Cast, case: Case) -> None:
    need = write(cast, case, max_rent=0, children=[], rooms=0)
    assert readers.begin(need)["max_rent"] is None
    page = text(signed_in(cast.alma).get(act_url(case, need, "andra")))
    assert "checked" in page.split('name="avoid" value="1281"')[1].split(">")[0]
    send(signed_in(cast.alma), act_url(case, need, "andra"), **data(version="1", pets="", max_rent=""))
    fresh = readers.newest(HousingNeed.objects.get())
    assert (fresh.pets, fresh.max_rent, fresh.children) == (False, 0, ["1-5", "6-12"])


def test_handing_over_shows_exactly_what_is_handed_over(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, need = signed_in(cast.alma), write(cast, case)
    address = act_url(case, need, "lamna")
    page = text(client.get(address))
    assert "Lund" in page
    assert "Från partner" not in page
    assert "mormor" not in page
    once = str(uuid4())
    for _ in range(2):
        assert send(client, address, once=once).url == url_of(case)
    assert "Boendesamordnaren har behovet nu." in text(client.get(url_of(case)))
    assert "redan lämnat" in text(send(client, address))


def test_what_is_not_whole_is_not_handed_over(signed_in: SignIn, cast: Cast, case: Case) -> None:
    need = write(cast, case, rooms=0)
    assert "Fyll i antal rum innan" in text(send(signed_in(cast.alma), act_url(case, need, "lamna")))
    assert HousingNeed.objects.get().state == "draft"


def test_a_need_is_taken_back_once(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, need = signed_in(cast.cecilia), handed(cast, case)
    make_track(need)
    address = act_url(case, need, "aterta")
    assert "Svara på frågan: Varför?" in text(send(client, address))
    form = {"why": "need_moved_away", "once": str(uuid4())}
    for _ in range(2):
        assert send(client, address, **form).url == url_of(case)
    assert (HousingNeed.objects.get().state, Track.objects.get().state) == ("withdrawn", "withdrawn")
    assert "ändras inte mer" in text(send(client, address, why="need_person"))


def test_in_a_closed_case_the_forms_say_so(signed_in: SignIn, cast: Cast, case: Case) -> None:
    need = write(cast, case)
    close(cast, case)
    client = signed_in(cast.cecilia)
    for address, form in (
        (act_url(case, need, "andra"), data(version="1")), (act_url(case, need, "lamna"), {}),
        (act_url(case, need, "aterta"), {"why": "need_person"}), (new_url(case), data()),
    ):  # fmt: skip
        assert "Ärendet är avslutat." in text(send(client, address, **form))
    page = text(client.get(url_of(case)))
    assert need.token in page
    assert "Ändra behovet" not in page
