"""The pages of a child, and that no page of the adult tells who she is."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from audit.tags import Tag
from casework.cases.models import Case
from casework.clients.children import actions, concern_actions
from casework.clients.children.models import Child, ChildTalk, ConcernReport, Guardian, TalkWords, Visitation
from casework.clients.models import Identity
from casework.crypto.personnummer import format_number
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, last_event, send, text

TODAY = timezone.localdate()
PAGES = (
    "case", "narrative_change", "goals", "assessment", "timeline", "summary", "case_log", "children", "child_new",
)  # fmt: skip


def url(child: Child, part: str = "") -> str:
    return f"/arenden/{child.case.number}/barn/{child.pk}/{part}"


def secrets(child: Child) -> list[str]:
    number = child.client.identity.open().number
    # Whole words: three letters of a place stand in a random token now and then.
    places = ["Wyxskolan", "Wyxvård", "Wyxklubben", "Wyxhämtning"]
    return ["Qvirina", "Zaxberg", number, format_number(number), *places, "Xerxo", "Plyxdomen", "191201019801"]


@pytest.mark.parametrize("who", ["alma", "cecilia"])
def test_no_page_tells_who_the_child_is(
    signed_in: SignIn, cast: Cast, child: Child, guardian: Guardian, who: str
) -> None:
    actions.note_talk(by=cast.alma, child=child, talked_on=TODAY, held=True, words=TalkWords(said="Jag vill hem"))
    client, hidden, seen = signed_in(getattr(cast, who)), secrets(child), 0
    pages = [reverse(name, args=[child.case.number]) for name in PAGES]
    for page in (*pages, url(child), url(child, f"vardnadshavare/{guardian.pk}/")):
        answer = client.get(page)
        seen += answer.status_code == 200
        assert [word for word in hidden if word in text(answer)] == []
    assert seen >= 10


def test_every_address_of_the_list_exists(child: Child) -> None:
    for name in PAGES:
        try:
            reverse(name, args=[child.case.number])
        except NoReverseMatch:
            pytest.fail(name)


def test_search_does_not_find_the_child(signed_in: SignIn, cast: Cast, child: Child) -> None:
    client = signed_in(cast.alma)
    assert child.case.number in text(client.post(reverse("search"), {"q": "Öberg-Lind"}))
    for asked in ("Qvirina", "Qvirina Zaxberg", child.client.identity.open().number):
        assert child.case.number not in text(client.post(reverse("search"), {"q": asked}))


def test_the_adult_s_pages_say_the_alias_only(signed_in: SignIn, cast: Cast, child: Child) -> None:
    facts: dict[str, Any] = {"by": cast.alma, "child": child, "talked_on": TODAY}
    actions.note_talk(held=True, words=TalkWords(said="Jag vill hem"), **facts)
    actions.note_talk(held=False, words=TalkWords(why_not="Hon sov"), **facts)
    client = signed_in(cast.alma)
    assert "Äldsta barnet" in text(client.get(f"/arenden/{child.case.number}/barn/"))
    body = text(client.get(reverse("timeline", args=[child.case.number])))
    for word in ("Samtal med Äldsta barnet", "blev inte av"):
        assert word in body
    assert "Jag vill hem" not in body


def test_who_she_is_is_shown_for_a_reason(signed_in: SignIn, cast: Cast, child: Child, guardian: Guardian) -> None:
    client = signed_in(cast.alma)
    for data in ({}, {"reason": "curious"}):
        body = text(client.post(url(child, "visa/"), data))
        assert "Välj varför du behöver se uppgiften." in body
        assert "Qvirina" not in body
    body = text(client.post(url(child, "visa/"), {"reason": "check"}))
    number = format_number(child.client.identity.open().number)
    for word in ("Qvirina Zaxberg", number, "Wyxskolan", "Xerxo Plyx", "Plyxdomen", "Döljs om 60 sekunder"):
        assert word in body
    assert cases_of(last_event(Tag.CHILD_PLACES_REVEALED)) == {child.case.number}
    part = client.post(url(child, "visa/"), {"reason": "check"}, headers={"X-Requested-With": "fetch"})
    assert "Qvirina" in text(part)
    assert "<html" not in text(part)


def test_the_page_of_a_child(signed_in: SignIn, cast: Cast, child: Child, guardian: Guardian) -> None:
    concern_actions.note_concern(
        by=cast.alma, child=child, direction="received", at=timezone.now(), about="Ensam hemma"
    )
    body = text(signed_in(cast.alma).get(url(child)))
    for word in ("Gemensam vårdnad", "Får inte veta var barnet är.", "Får inte samtycka", "SoL 20 kap. 1 §"):
        assert word in body
    assert cases_of(last_event(Tag.CHILD_READ)) == {child.case.number}


def test_without_children_the_page_says_so(signed_in: SignIn, cast: Cast, case: Case) -> None:
    body = text(signed_in(cast.alma).get(f"/arenden/{case.number}/barn/"))
    assert "Inga barn är tillagda" in body
    assert "Lägg till ett barn" in body


def test_a_child_is_added_once(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, form = signed_in(cast.alma), {"alias": "Yngsta", "given_name": "Ida", "once": str(uuid4())}
    for _ in range(2):
        assert send(client, f"/arenden/{case.number}/barn/nytt/", **form).status_code == 302
    assert Child.objects.get().words.open().alias == "Yngsta"


FORMS = [
    ("andra/", {"alias": "Stora", "version": "2"}),
    ("platser/", {"version": "2", "school": "Ekskolan"}),
    ("flyttat/", {"left_on": str(TODAY)}),
    ("samtal/", {"talked_on": str(TODAY), "held": "yes", "said": "Jag vill hem"}),
    ("vardnadshavare/", {"basis": "god_man", "valid_from": str(TODAY)}),
    ("umgange/", {"basis": "court", "valid_from": str(TODAY)}),
    ("oro/", {"direction": "made", "at_0": str(TODAY), "at_1": "00.00", "about": "Sover inte"}),
]


@pytest.mark.parametrize(("part", "data"), FORMS)
def test_a_form_saves_once_and_only_from_those_of_the_case(
    signed_in: SignIn, cast: Cast, child: Child, part: str, data: dict[str, str]
) -> None:
    client, once = signed_in(cast.alma), str(uuid4())
    assert client.get(url(child, part)).status_code == 200
    assert send(client, url(child, part), **{**data, next(iter(data)): ""}).status_code == 200
    for _ in range(2):
        assert send(client, url(child, part), **data, once=once).url == url(child)
    models = (ChildTalk, Guardian, Visitation, ConcernReport)
    assert sum(model.objects.count() for model in models) <= 1
    for who, status in (("bo", 404), ("eva", 404), ("lo", 403), ("dag", 404)):
        stranger = signed_in(getattr(cast, who))
        assert stranger.get(url(child, part)).status_code == status
        assert send(stranger, url(child, part), **data).status_code == status


@pytest.mark.parametrize(("held", "message"), [("yes", "Skriv vad barnet sa."), ("no", "Skriv varför samtalet")])
def test_a_talk_without_words_is_asked_about(
    signed_in: SignIn, cast: Cast, child: Child, held: str, message: str
) -> None:
    body = text(send(signed_in(cast.alma), url(child, "samtal/"), talked_on=str(TODAY), held=held))
    assert message in body


def test_an_edit_that_comes_late_shows_both(signed_in: SignIn, cast: Cast, child: Child) -> None:
    body = text(send(signed_in(cast.alma), url(child, "andra/"), alias="Stora", version="1"))
    for word in ("Någon annan hann ändra", "Stora", "Äldsta barnet"):
        assert word in body


def test_a_report_is_moved_on_its_pages(signed_in: SignIn, cast: Cast, child: Child) -> None:
    concern = concern_actions.note_concern(
        by=cast.alma, child=child, direction="received", at=timezone.now(), about="Ensam hemma"
    )
    client, base = signed_in(cast.alma), url(child, f"oro/{concern.pk}/")
    assert client.get(f"{base}lage/odd/").status_code == 404
    assert "Det går inte nu" in text(send(client, f"{base}lage/close/", text="Klart"))
    for name in ("assess", "open_inquiry"):
        assert send(client, f"{base}lage/{name}/", text="Inget akut").status_code == 302
    assert send(client, f"{base}dagar/", told_on=str(TODAY), version="3").status_code == 302
    body = text(client.get(url(child)))
    for word in ("Skyddsbedömning: Inget akut", "SoL 19 kap. 6 §", "Avsluta utredningen", "Ändra dagar"):
        assert word in body


@pytest.mark.parametrize(
    ("kind", "part", "kept", "whole"),
    [
        ("childtalk", "samtal/", {"said": "Halvsagt"}, {"talked_on": str(TODAY), "held": "yes", "said": "Allt"}),
        ("concern", "oro/", {"about": "Halvsagt"}, {
            "direction": "made", "at_0": str(TODAY), "at_1": "00.00", "about": "Allt",
        }),
    ],
)  # fmt: skip
def test_what_is_typed_about_a_child_is_kept_for_that_child(
    signed_in: SignIn, cast: Cast, child: Child, kind: str, part: str, kept: dict[str, str], whole: dict[str, str]
) -> None:
    client, number = signed_in(cast.alma), child.case.number
    slot = f"/utkast/{kind}:{number}:{child.pk.hex[:20]}/"
    assert client.post(slot, kept).status_code == 200
    other = actions.add_child(
        by=cast.alma, case=child.case, identity=Identity(), alias="Yngsta barnet", lives_with=True
    )
    assert "Halvsagt" not in text(client.get(url(other, part)))
    page = text(client.get(url(child, part)))
    assert "Halvsagt" in page
    assert "Släng utkastet" in page
    assert send(client, url(child, part), **whole).url == url(child)
    assert "Halvsagt" not in text(client.get(url(child, part)))
