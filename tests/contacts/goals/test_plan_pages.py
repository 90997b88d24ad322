"""Handing in, deciding and reading the plan on its pages."""

from datetime import timedelta
from uuid import uuid4

import pytest

from audit.tags import Tag
from casework.cases.models import Case
from contacts.goals import actions, readers, versions
from contacts.goals.models import GoalWords, RecoveryPlan
from tests.cast import Cast
from tests.contacts.goals import making
from tests.contacts.goals.making import TODAY
from tests.fixtures import SignIn, events, send, text

LATER = TODAY + timedelta(days=60)
PLAN = {"person_way": "signed_paper", "person_on": str(TODAY), "follow_up_on": str(LATER), "remark": "Hon är nöjd"}


def url_of(case: Case, part: str) -> str:
    return f"/arenden/{case.number}/plan/{part}/"


@pytest.fixture
def planned(cast: Cast, case: Case) -> Case:
    """A case with a goal and a step, not handed in."""
    making.step(cast.alma, making.goal(cast.alma, case, "Jag vill sova lugnt"))
    return case


def test_what_is_missing_is_shown_by_name_before_anything_is_filled_in(
    signed_in: SignIn, cast: Cast, case: Case
) -> None:
    client, url = signed_in(cast.alma), url_of(case, "lamna")
    assert "Det finns inget nytt att lämna in." in text(client.get(url))
    goal = making.goal(cast.alma, case)
    body = text(client.get(url))
    assert "Ett delmål, i mål 1" in body
    assert "Lämna in planen" not in body
    making.step(cast.alma, goal)
    body = text(client.get(url))
    assert "Det här saknas" not in body
    for shown in ("Lämna in planen", "Mål 1 har inga naturliga resurser.", "Delmål 1.1 har ingen dag."):
        assert shown in body


def test_a_plan_is_handed_in_from_its_page_once(signed_in: SignIn, cast: Cast, planned: Case) -> None:
    client, url, token = signed_in(cast.alma), url_of(planned, "lamna"), str(uuid4())
    for _ in range(2):
        assert send(client, url, **PLAN, once=token).url == f"/arenden/{planned.number}/mal/"
    assert len(events(Tag.PLAN_SUBMITTED)) == 1
    assert "Plan 1 är redan lämnad" in text(client.get(url))
    body = text(send(client, url, **PLAN))
    assert "redan ”Väntar på godkännande”" in body
    assert "Hon är nöjd" in body
    assert "Väntar på godkännande" in text(client.get(f"/arenden/{planned.number}/mal/"))


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"person_way": ""}, "Svara på frågan: Hur tog personen ställning till planen?"),
        ({"person_on": str(TODAY + timedelta(days=1))}, "Datumet får inte ligga i framtiden."),
        ({"follow_up_on": str(TODAY)}, "Välj en dag framåt."),
        ({"follow_up_on": "snart"}, "Skriv datumet så här"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_is_kept(
    signed_in: SignIn, cast: Cast, planned: Case, more: dict[str, str], message: str
) -> None:
    body = text(send(signed_in(cast.alma), url_of(planned, "lamna"), **{**PLAN, **more}))
    assert message in body
    assert "Hon är nöjd" in body
    assert RecoveryPlan.objects.get().state == "working"


def test_the_sektionschef_reads_the_whole_plan_and_approves_it(signed_in: SignIn, cast: Cast, planned: Case) -> None:
    client, url = signed_in(cast.cecilia), url_of(planned, "beslut")
    assert "Ingen plan väntar på beslut" in text(client.get(url))
    plan = making.submitted(cast.alma, planned, remark="Hon är nöjd")
    making.goal(cast.alma, planned, "Kom till efter att planen lämnades")
    body = text(client.get(url))
    for shown in ("Jag vill sova lugnt", "Ringa hyresvärden", "Hon är nöjd", "Alma Lind", "Godkänn planen"):
        assert shown in body
    assert "Kom till efter" not in body
    data = {"do": "approve", "why": "", "version": plan.version, "once": str(uuid4())}
    for _ in range(2):
        assert send(client, url, **data).url == f"/arenden/{planned.number}/mal/"
    assert len(events(Tag.PLAN_APPROVED)) == 1
    body = text(client.get(f"/arenden/{planned.number}/mal/"))
    assert "Planen är godkänd." in body
    assert str(TODAY + timedelta(days=90)) in body


def test_a_plan_is_sent_back_and_the_kontaktperson_reads_why(signed_in: SignIn, cast: Cast, planned: Case) -> None:
    plan = making.submitted(cast.alma, planned)
    client, url = signed_in(cast.cecilia), url_of(planned, "beslut")
    data = {"do": "send_back", "version": plan.version}
    assert "Skriv vad som behöver ändras i planen." in text(send(client, url, **data, why=""))
    assert send(client, url, **data, why="Vem ringer?").status_code == 302
    assert "Vem ringer?" in text(signed_in(cast.alma).get(f"/arenden/{planned.number}/mal/"))
    assert "Senast skickad tillbaka" in text(signed_in(cast.alma).get(url_of(planned, "1")))


def test_an_approval_with_a_reason_to_send_back_is_asked_about(signed_in: SignIn, cast: Cast, planned: Case) -> None:
    plan = making.submitted(cast.alma, planned)
    url = url_of(planned, "beslut")
    body = text(send(signed_in(cast.cecilia), url, do="approve", why="Vem ringer?", version=plan.version))
    assert "eller ta bort texten" in body
    assert "Vem ringer?" in body
    assert "Välj om du godkänner" in text(send(signed_in(cast.cecilia), url, why="", version=plan.version))
    assert RecoveryPlan.objects.get().state == "submitted"


def test_a_plan_that_came_anew_is_read_again_before_it_is_decided(signed_in: SignIn, cast: Cast, planned: Case) -> None:
    read = making.submitted(cast.alma, planned)
    actions.send_back(by=cast.cecilia, plan=read, why="Mer")
    again = making.submitted(cast.alma, planned)
    client, url = signed_in(cast.cecilia), url_of(planned, "beslut")
    body = text(send(client, url, do="approve", why="", version=read.version))
    assert "Läs den igen" in body
    assert f'name="version" value="{again.version}"' in body
    actions.send_back(by=cast.cecilia, plan=again, why="Mer")
    body = text(send(client, url, do="approve", why="", version=again.version))
    assert "Någon annan kan ha hunnit före." in body


def test_what_differs_from_the_plan_in_force_is_shown(signed_in: SignIn, cast: Cast, case: Case) -> None:
    making.approved(cast, case)
    goal = readers.goal_of(case, 1)
    actions.change_goal(by=cast.alma, goal=goal, area="work", words=GoalWords(words="Nya ord"), version=1)
    making.step(cast.alma, goal, "Nytt delmål här")
    making.goal(cast.alma, case, "Ett helt nytt mål")
    making.submitted(cast.alma, case)
    body = text(signed_in(cast.cecilia).get(url_of(case, "beslut")))
    for shown in ("Skillnad mot plan 1", "Jag vill sova lugnt", "Nya ord", "Boende", "Delmål 1.2", "Ett helt nytt mål"):
        assert shown in body


def test_every_number_can_be_read(signed_in: SignIn, cast: Cast, case: Case) -> None:
    making.approved(cast, case)
    goal = readers.goal_of(case, 1)
    actions.change_goal(by=cast.alma, goal=goal, area="work", words=GoalWords(words="Nya ord"), version=1)
    client = signed_in(cast.alma)
    assert "Jag vill sova lugnt" in text(client.get(url_of(case, "1")))
    body = text(client.get(url_of(case, "2")))
    assert "Nya ord" in body
    assert "inte lämnad än" in body
    assert client.get(url_of(case, "3")).status_code == 404
    assert "Alla nummer" in text(client.get(f"/arenden/{case.number}/mal/"))


def test_a_follow_up_that_has_passed_is_said(signed_in: SignIn, cast: Cast, case: Case) -> None:
    plan = making.approved(cast, case)
    plan.follow_up_on = TODAY - timedelta(days=1)
    plan.save()
    for place in (f"/arenden/{case.number}/mal/", f"/arenden/{case.number}/"):
        assert "Skulle ha följts upp" in text(signed_in(cast.alma).get(place))


# --- how two numbers differ -------------------------------------------------------------------------------------------


def kept(number: int, *steps: dict[str, object], **more: object) -> versions.Kept:
    said = {"words": "Ord", "why": "", "area": "work", "natural": "", "formal": "", "state": "active"}
    return {"number": number, **said, "steps": list(steps), **more}


def kept_step(number: int, **more: object) -> dict[str, object]:
    said = {"what": "Gör", "who": "", "due_on": "", "done_when": "", "comment": "", "state": "planned"}
    return {"number": number, **said, **more}


def test_differences_are_told_goal_by_goal() -> None:
    before = [kept(1, kept_step(1), kept_step(2)), kept(2), kept(4)]
    after = [
        kept(1, kept_step(2, state="done", due_on="2026-03-01"), kept_step(3), state="paused", area="care"),
        kept(3),
        kept(4),
    ]
    found = versions.differences(before, after)
    assert [(each.number, each.what) for each in found] == [(1, "changed"), (2, "gone"), (3, "new")]
    assert found[0].lines == [
        ("Område", "Arbete och utbildning", "Vård och hälsa"),
        ("Läge", "Pågår", "Vilar"),
        ("Delmål 1.1", "Gör", ""),
        ("Delmål 1.2, senast", "", "2026-03-01"),
        ("Delmål 1.2, läge", "Att göra", "Klart"),
        ("Delmål 1.3", "", "Gör"),
    ]


def test_what_a_plan_could_say_more_is_named() -> None:
    full = kept(1, kept_step(1, due_on="2026-03-01", who="Hon"), why="x", natural="y")
    assert versions.gaps([full, kept(2, why="x", natural="y", state="paused")]) == []
    assert versions.gaps([kept(3, kept_step(1, state="done")), kept(4, kept_step(1), why="x", natural="y")]) == [
        "Mål 3 säger inte varför det är viktigt.",
        "Mål 3 har inga naturliga resurser.",
        "Mål 3 har inget delmål att göra.",
        "Delmål 4.1 har ingen dag.",
        "Delmål 4.1 säger inte vem som gör det.",
    ]
