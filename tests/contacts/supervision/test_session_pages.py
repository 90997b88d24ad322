"""The pages of group supervision: what each of the group sees, and when."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from audit.tags import Tag
from casework.cases.models import Case
from contacts.supervision.models import GroupSession, Presentation
from tests import factories
from tests.cast import Cast
from tests.contacts.supervision.group import bring, finish, idea, make_group
from tests.fixtures import SignIn, cases_of, events, last_event, send, text

DAY = timezone.localdate() + timedelta(days=7)


def url_of(group: GroupSession) -> str:
    return f"/handledning/{group.pk}/"


def test_without_a_session_the_page_says_what_will_come(signed_in: SignIn, cast: Cast) -> None:
    assert "När din sektionschef har planerat" in text(signed_in(cast.alma).get("/handledning/"))
    body = text(signed_in(cast.cecilia).get("/handledning/"))
    assert f"/handledning/planera/{cast.section.pk}/" in body
    assert body.count("Aldrig") == 2
    assert signed_in(cast.dag).get("/handledning/").status_code == 403


def test_a_session_is_planned_with_everybody_ticked(signed_in: SignIn, cast: Cast) -> None:
    client, url = signed_in(cast.cecilia), f"/handledning/planera/{cast.section.pk}/"
    body = text(client.get(url))
    assert body.count(" checked") == 2
    assert "Eva Rask" not in body
    data = {
        "planned_at_0": str(DAY),
        "planned_at_1": "13.15",
        "participants": [str(cast.alma.pk)],
        "once": str(uuid4()),
    }
    for _ in range(2):
        assert send(client, url, **data).url == "/handledning/"
    group = GroupSession.objects.get()
    assert list(group.participants.all()) == [cast.alma]
    page = text(client.get("/handledning/"))
    assert f"{DAY} 13.15" in page
    assert "Handledningen är planerad." in page
    assert f"{DAY} 13.15" in text(signed_in(cast.alma).get("/handledning/"))
    assert f"{DAY} 13.15" not in text(signed_in(cast.bo).get("/handledning/"))


def test_what_is_wrong_with_a_plan_is_said(signed_in: SignIn, cast: Cast) -> None:
    client, url = signed_in(cast.cecilia), f"/handledning/planera/{cast.section.pk}/"
    assert "Välj minst en som deltar." in text(send(client, url, planned_at_0=str(DAY), planned_at_1="13.15"))
    past = {"planned_at_0": "2020-01-01", "planned_at_1": "13.15", "participants": [str(cast.alma.pk)]}
    assert "inte har passerat" in text(send(client, url, **past))
    stranger = {**past, "planned_at_0": str(DAY), "participants": [str(cast.eva.pk)]}
    assert send(client, url, **stranger).status_code == 200
    assert not GroupSession.objects.exists()


def test_a_plan_is_changed_and_a_stale_change_is_shown_what_is(signed_in: SignIn, cast: Cast) -> None:
    group = make_group(cast.cecilia, cast.alma, state="planned", days=1)
    client, url = signed_in(cast.cecilia), f"{url_of(group)}andra/"
    assert text(client.get(url)).count(" checked") == 1
    data = {"planned_at_0": str(DAY), "planned_at_1": "9.00", "participants": [str(cast.bo.pk)], "version": "1"}
    assert send(client, url, **data).url == url_of(group)
    assert list(group.participants.all()) == [cast.bo]
    body = text(send(client, url, **{**data, "participants": [str(cast.alma.pk)]}))
    assert "Någon annan hann ändra" in body
    assert '<p class="prose">Alma Lind</p>' in body
    assert '<p class="prose">Bo Ek</p>' in body
    assert 'name="version" value="2"' in body
    assert list(group.participants.all()) == [cast.bo]
    assert signed_in(cast.bo).get(url).status_code == 403


def test_who_is_not_in_the_group_gets_nothing(signed_in: SignIn, cast: Cast, case: Case) -> None:
    group = make_group(cast.cecilia, cast.alma)
    sheet = bring(cast.alma, group, case)
    places = (url_of(group), f"/handledning/underlag/{sheet.pk}/ideer/", f"{url_of(group)}ta-upp/")
    for user, status in ((cast.bo, 404), (cast.eva, 404), (cast.dag, 403), (cast.lo, 403), (cast.ada, 403)):
        client = signed_in(user)
        for place in places:
            assert client.get(place).status_code == status
        assert send(client, f"/handledning/underlag/{sheet.pk}/ide/", text="x").status_code == status
    assert signed_in(cast.edvin).get(url_of(group)).status_code == 404
    assert cases_of(last_event(Tag.DENIED)) == {case.number}
    assert signed_in(cast.alma).get(f"/handledning/{uuid4()}/").status_code == 404


def test_the_sheet_opens_for_the_group_when_it_begins_and_shuts_when_it_ends(
    signed_in: SignIn, cast: Cast, case: Case
) -> None:
    group = make_group(cast.cecilia, cast.alma, cast.bo, state="planned")
    bring(cast.alma, group, case)
    bo, alma, cecilia = signed_in(cast.bo), signed_in(cast.alma), signed_in(cast.cecilia)
    seen = ("Sjunga igen", "Lagar mat till många", "utan risk", case.pseudonym)

    def found(client: object) -> list[bool]:
        body = text(client.get(url_of(group)))  # type: ignore[attr-defined]
        return [word in body for word in seen]

    assert found(bo) == [False] * 4
    assert found(alma) == [True] * 4
    assert send(cecilia, f"{url_of(group)}lage/begin/").url == url_of(group)
    assert found(bo) == [True] * 4
    idea(cast.bo, Presentation.objects.get(), "Prova kyrkan")
    assert "Prova kyrkan" in text(bo.get(url_of(group)))
    assert send(cecilia, f"{url_of(group)}lage/finish/").url == url_of(group)
    assert found(bo) == [False] * 4
    body = text(bo.get(url_of(group)))
    assert "Prova kyrkan" not in body
    assert "1</span> idé" in body
    assert found(alma) == found(cecilia) == [True] * 4


def test_the_log_of_the_case_tells_who_saw_the_sheet(signed_in: SignIn, cast: Cast, case: Case) -> None:
    group = make_group(cast.cecilia, cast.alma, cast.bo)
    sheet = bring(cast.alma, group, case)
    idea(cast.alma, sheet)
    signed_in(cast.bo).get(url_of(group))
    event = last_event(Tag.SUPERVISION_READ)
    assert (event.actor_id, cases_of(event)) == (str(cast.bo.pk), {case.number})
    body = text(signed_in(cast.cecilia).get(f"/arenden/{case.number}/logg/"))
    assert "läste underlaget till en grupphandledning" in body
    assert "I gruppen: bara underlaget utan identitet" in body


def test_a_look_before_it_begins_is_no_look_at_the_case(signed_in: SignIn, cast: Cast, case: Case) -> None:
    group = make_group(cast.cecilia, cast.alma, cast.bo, state="planned")
    bring(cast.alma, group, case)
    body = text(signed_in(cast.bo).get(url_of(group)))
    assert "Ett ärende" in body
    assert not [event for event in events(Tag.SUPERVISION_READ, Tag.PAGE_READ) if event.actor_id == str(cast.bo.pk)]


def test_several_cases_stand_on_the_agenda_one_is_shown(signed_in: SignIn, cast: Cast, case: Case) -> None:
    other = factories.make_case(cast.cecilia, given_name="Maj")
    factories.assign(cast.cecilia, other, cast.bo)
    group = make_group(cast.cecilia, cast.alma, cast.bo)
    bring(cast.alma, group, case, help_wanted="Första frågan")
    bring(cast.bo, group, other, help_wanted="Andra frågan")
    client = signed_in(cast.alma)
    for nr, here, not_here in (("", "Första", "Andra"), ("2", "Andra", "Första"), ("9", "Första", "Andra")):
        body = text(client.get(url_of(group) + (f"?nr={nr}" if nr else "")))
        assert f"{here} frågan" in body
        assert f"{not_here} frågan" not in body
        assert other.number not in body


def test_nobody_is_told_who_gave_an_idea(signed_in: SignIn, cast: Cast, case: Case) -> None:
    group = make_group(cast.cecilia, cast.alma, cast.bo)
    idea(cast.bo, bring(cast.alma, group, case), "Prova kyrkan")
    body = text(signed_in(cast.alma).get(url_of(group)))
    assert body.count("Bo Ek") == 1


def test_states_are_changed_by_who_leads_and_only_the_known_ones(signed_in: SignIn, cast: Cast) -> None:
    group = make_group(cast.cecilia, cast.alma, state="planned")
    cecilia = signed_in(cast.cecilia)
    assert "De som deltar ser underlagen" in text(cecilia.get(f"{url_of(group)}lage/begin/"))
    assert cecilia.get(f"{url_of(group)}lage/open/").status_code == 404
    assert signed_in(cast.alma).get(f"{url_of(group)}lage/begin/").status_code == 403
    assert "Det går inte nu" in text(send(cecilia, f"{url_of(group)}lage/finish/"))
    assert send(cecilia, f"{url_of(group)}lage/cancel/").url == url_of(group)
    assert "Handledningen är inställd" in text(cecilia.get(url_of(group)))


def test_the_same_time_next_week_by_one_button_once(signed_in: SignIn, cast: Cast) -> None:
    group = make_group(cast.cecilia, cast.alma)
    cecilia = signed_in(cast.cecilia)
    assert "nästa vecka" not in text(cecilia.get(url_of(group)))
    early = cecilia.post(f"{url_of(group)}igen/", {"once": uuid4()}, follow=True)
    assert "Avsluta den här handledningen först." in text(early)
    finish(cast.cecilia, group)
    assert "Planera samma tid nästa vecka" in text(cecilia.get(url_of(group)))
    once = str(uuid4())
    first, second = (send(cecilia, f"{url_of(group)}igen/", once=once) for _ in range(2))
    assert first.url == second.url
    assert GroupSession.objects.count() == 2
    assert send(cecilia, f"{url_of(group)}igen/").url == url_of(group)


@pytest.mark.parametrize(("state", "words"), [("held", "Inget ärende togs upp"), ("planned", "på dagordningen än")])
def test_an_empty_agenda_says_so(signed_in: SignIn, cast: Cast, state: str, words: str) -> None:
    group = make_group(cast.cecilia, cast.alma, state=state)
    assert words in text(signed_in(cast.alma).get(url_of(group)))
    assert "Tidigare" in text(signed_in(cast.alma).get("/handledning/")) or state == "planned"


def test_a_cancelled_session_shows_nothing_of_the_case(signed_in: SignIn, cast: Cast, case: Case) -> None:
    from contacts.supervision import actions

    group = make_group(cast.cecilia, cast.alma, cast.bo, state="planned")
    bring(cast.alma, group, case)
    actions.move_session(by=cast.cecilia, session=group, name="cancel")
    body = text(signed_in(cast.bo).get(url_of(group)))
    assert "Handledningen är inställd" in body
    assert case.pseudonym not in body
    assert "Har inte tagits upp än." in text(signed_in(cast.alma).get(f"/arenden/{case.number}/styrkor/"))
