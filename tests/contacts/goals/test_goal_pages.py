"""The pages of goals and steps: what they show, what they save, and what they say when it cannot be done."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.tags import Tag
from casework import policy
from casework.access import actions as access
from casework.cases.models import Case
from casework.drafts.models import Draft
from contacts.caseload import readers as caseload
from contacts.goals import actions, readers
from contacts.goals.models import Goal, GoalWords, PlanStep, StepTie, StepWords
from tests import factories
from tests.cast import Cast
from tests.contacts.goals import making
from tests.contacts.goals.making import TODAY
from tests.fixtures import SignIn, cases_of, last_event, send, text

GOAL = {"words": "Jag vill sova lugnt", "why": "För mig", "area": "housing", "natural": "Systern", "formal": "BUP"}
STEP = {"what": "Ringa hyresvärden", "who": "Personen själv", "due_on": "", "done_when": ""}


def url_of(case: Case, part: str = "") -> str:
    return f"/arenden/{case.number}/mal/{part}"


def test_a_goal_is_written_and_stands_as_a_sheet(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, token = signed_in(cast.alma), str(uuid4())
    for _ in range(2):
        response = send(client, url_of(case, "nytt/"), **GOAL, once=token)
        assert response.url == url_of(case) + "#mal-1"
    assert Goal.objects.get().uses_natural
    body = text(client.get(url_of(case)))
    for shown in (*(GOAL[name] for name in ("words", "why", "natural", "formal")), "Boende", "Vilket är det första"):
        assert shown in body
    assert body.index("Naturliga resurser") < body.index("Formella resurser")


def test_the_page_invites_when_there_is_nothing_yet(signed_in: SignIn, cast: Cast, case: Case) -> None:
    assert "Skriv det första målet" in text(signed_in(cast.alma).get(url_of(case)))
    body = text(signed_in(cast.cecilia).get(url_of(case)))
    assert "Inga mål är satta än" in body
    assert "Skriv det första målet" not in body


def test_the_check_list_shows_late_done_and_tied_steps(signed_in: SignIn, cast: Cast, case: Case) -> None:
    goal = making.goal(cast.alma, case)
    late = making.step(cast.alma, goal, "Sent steg", due_on=TODAY - timedelta(days=2), done_when="Nyckeln är hennes")
    making.step(cast.alma, goal, "Nära steg", due_on=TODAY)
    done = making.step(cast.alma, goal, "Gjort steg")
    actions.move_step(by=cast.alma, step=done, name="finish")
    note = factories.make_step(cast.alma, case)
    StepTie(case=case, client_id=case.client_id, note=note, plan_step=late).save()
    body = text(signed_in(cast.alma).get(url_of(case)))
    for shown in (
        f">{TODAY - timedelta(days=2)}</span>", "Skulle ha varit klart", "Senast i dag", f"Klart {TODAY}",
        "Nyckeln är hennes", f"1 stödsteg, senast {TODAY}",
    ):  # fmt: skip
        assert shown in body
    assert str(StepTie.objects.get()) == str(StepTie.objects.get().pk)


def test_ended_goals_are_folded_away_below(signed_in: SignIn, cast: Cast, case: Case) -> None:
    going_on = making.goal(cast.alma, case, "Målet som pågår")
    for at in range(2):
        ended = making.goal(cast.alma, case, f"Gammalt mål {at}")
        making.step(cast.alma, ended, "Gammalt delmål")
        actions.move_goal(by=cast.alma, goal=ended, name=("reach", "drop")[at], result="Så blev det")
    resting = making.goal(cast.alma, case, "Målet som vilar")
    actions.move_goal(by=cast.alma, goal=resting, name="pause")
    body = text(signed_in(cast.alma).get(url_of(case)))
    places = [body.index(words) for words in ("Målet som pågår", "Målet som vilar", "Avslutade mål (2)", "Så blev det")]
    assert places == sorted(places)
    actions.move_goal(by=cast.alma, goal=going_on, name="pause")
    actions.move_goal(by=cast.alma, goal=resting, name="drop", result="Nej")
    assert "Inget mål pågår just nu" in text(signed_in(cast.alma).get(url_of(case)))


def test_two_who_change_the_same_goal_see_both_texts(signed_in: SignIn, cast: Cast, case: Case) -> None:
    goal = making.goal(cast.alma, case, "Första orden")
    client, url = signed_in(cast.alma), url_of(case, "1/")
    assert 'name="version" value="1"' in text(client.get(url))
    factories.assign(cast.cecilia, case, cast.bo, kind="deputy")
    actions.change_goal(by=cast.bo, goal=goal, area="work", words=GoalWords(words="Bos ord"), version=1)
    data = {**GOAL, "words": "Almas ord", "version": "1"}
    body = text(send(client, url, **data))
    for shown in ("Någon annan hann ändra", "Almas ord", "Bos ord", "Arbete och utbildning"):
        assert shown in body
    assert Goal.objects.get().words.open().words == "Bos ord"
    assert send(client, url, **{**data, "version": "2"}).url == url_of(case) + "#mal-1"
    assert Goal.objects.get().words.open().words == "Almas ord"


def test_two_who_change_the_same_step_see_both_texts(signed_in: SignIn, cast: Cast, case: Case) -> None:
    step = making.step(cast.alma, making.goal(cast.alma, case))
    actions.change_step(by=cast.alma, step=step, words=StepWords(what="Hennes", who="Hon"), due_on=TODAY, version=1)
    client, url = signed_in(cast.alma), url_of(case, "1/delmal/1/")
    data = {**STEP, "what": "Mitt", "comment": "Går bra", "version": "1"}
    body = text(send(client, url, **data))
    for shown in ("Någon annan hann ändra", "Mitt", "Hennes", str(TODAY)):
        assert shown in body
    assert send(client, url, **{**data, "version": "2"}).url == url_of(case) + "#delmal-1-1"
    words = PlanStep.objects.get().words.open()
    assert (words.what, words.comment) == ("Mitt", "Går bra")


def test_two_steps_in_a_row(signed_in: SignIn, cast: Cast, case: Case) -> None:
    making.goal(cast.alma, case, "Jag vill sova lugnt")
    client, url = signed_in(cast.alma), url_of(case, "1/delmal/")
    body = text(client.get(url))
    for shown in ("Jag vill sova lugnt", '<option value="Kontaktpersonen">', "aldrig var", "Spara och lägg till ett"):
        assert shown in body
    assert send(client, url, **STEP, more="1").url == url
    assert "Ringa hyresvärden" in text(client.get(url))
    assert send(client, url, **{**STEP, "what": "Packa", "due_on": str(TODAY)}).url == url_of(case) + "#mal-1"
    assert list(PlanStep.objects.values_list("number", "due_on")) == [(1, None), (2, TODAY)]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"what": ""}, "Svara på frågan: Vad ska göras?"),
        ({"who": " "}, "Svara på frågan: Vem gör det?"),
        ({"due_on": "2026-02-30"}, "finns inte i kalendern"),
        ({"due_on": str(TODAY - timedelta(days=1))}, "Datumet får inte ha passerat."),
        ({"done_when": "x" * 301}, "högst 300 får plats"),
        ({"what": "rad\x00"}, "osynligt tecken"),
    ],
)
def test_what_is_wrong_with_a_step_is_said(
    signed_in: SignIn, cast: Cast, case: Case, more: dict[str, str], message: str
) -> None:
    making.goal(cast.alma, case)
    body = text(send(signed_in(cast.alma), url_of(case, "1/delmal/"), **{**STEP, **more}))
    assert message in body
    assert "Inget du skrev är borta." in body
    assert not PlanStep.objects.exists()


def test_a_step_is_finished_by_one_button_once(signed_in: SignIn, cast: Cast, case: Case) -> None:
    making.step(cast.alma, making.goal(cast.alma, case))
    client, url = signed_in(cast.alma), url_of(case, "1/delmal/1/finish/")
    assert client.post(url).url == url_of(case) + "#delmal-1-1"
    assert "Delmålet är klart." in text(client.get(url_of(case)))
    client.post(url)
    assert "läget är redan ”Klart”" in text(client.get(url_of(case)))
    assert client.post(url_of(case, "1/delmal/1/take_up/")).status_code == 302
    assert PlanStep.objects.get().state == "planned"


@pytest.mark.parametrize("name", ["reach", "pause", "drop", "take_up"])
def test_a_goal_is_moved_from_its_own_page(signed_in: SignIn, cast: Cast, case: Case, name: str) -> None:
    goal = making.goal(cast.alma, case, "Jag vill sova lugnt")
    if name == "take_up":
        actions.move_goal(by=cast.alma, goal=goal, name="pause")
    client, url = signed_in(cast.alma), url_of(case, f"1/lage/{name}/")
    assert "Jag vill sova lugnt" in text(client.get(url))
    if name in ("reach", "drop"):
        assert "Svara på frågan" in text(send(client, url, result=""))
    before = Goal.objects.get().state
    assert send(client, url, result="Så blev det").url == url_of(case) + "#mal-1"
    assert Goal.objects.get().state != before
    assert "läget är redan" in text(send(client, url, result="Igen"))


@pytest.mark.parametrize("part", ["2/", "2/lage/reach/", "1/lage/open/", "2/delmal/", "1/delmal/9/", "9/delmal/1/"])
def test_what_is_not_there_is_not_found(signed_in: SignIn, cast: Cast, case: Case, part: str) -> None:
    making.step(cast.alma, making.goal(cast.alma, case))
    assert signed_in(cast.alma).get(url_of(case, part)).status_code == 404
    assert cases_of(last_event(Tag.DENIED)) == {case.number}
    assert signed_in(cast.alma).post(url_of(case, "1/delmal/1/open/")).status_code == 404


def test_a_closed_case_says_so_and_keeps_the_text(signed_in: SignIn, cast: Cast, case: Case) -> None:
    making.goal(cast.alma, case, "Står kvar")
    done = making.closed(cast, case)
    access.open_grant(by=cast.cecilia, case=done, user=cast.alma, kind="deputy", source=case.pk)
    client = signed_in(cast.alma)
    body = text(client.get(url_of(case)))
    assert "Målen står kvar som de var." in body
    assert "Nytt delmål" not in body
    body = text(send(client, url_of(case, "nytt/"), **{**GOAL, "words": "En sista önskan"}))
    assert "Ärendet är avslutat." in body
    assert "En sista önskan" in body


def test_the_sheets_to_print_are_told_of_in_the_log(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    assert "Inget att skriva ut" in text(client.get(url_of(case, "utskrift/")))
    resting = making.goal(cast.alma, case, "Målet som vilar")
    goal = making.goal(cast.alma, case, "Målet som pågår")
    actions.move_goal(by=cast.alma, goal=resting, name="pause")
    for what, name in (("Gjort", "finish"), ("Struket", "drop"), ("Kvar", "")):
        step = making.step(cast.alma, goal, what)
        if name:
            actions.move_step(by=cast.alma, step=step, name=name)
    ended = making.goal(cast.alma, case, "Målet som nåddes")
    actions.move_goal(by=cast.alma, goal=ended, name="reach", result="Ja")
    body = text(client.get(url_of(case, "utskrift/")))
    assert body.index("Målet som pågår") < body.index("Målet som vilar")
    assert "Gjort" in body
    assert "Struket" not in body
    assert "Målet som nåddes" not in body
    assert cases_of(last_event(Tag.PLAN_PRINTED)) == {case.number}


# --- the panel on the case page, and what others ask ------------------------------------------------------------------


def panel(cast: Cast, case: Case, user: Any = None) -> dict[str, Any]:
    user = user or cast.alma
    found = readers.goals_panel(user, case, policy.permissions_for(user, case))
    assert found is not None
    return found


def test_the_panel_shows_what_is_late_first(cast: Cast, case: Case) -> None:
    first, second = making.goal(cast.alma, case, "Först"), making.goal(cast.alma, case, "Sedan")
    for days in (9, 5, None, 7):
        due = TODAY + timedelta(days=days) if days else None
        making.step(cast.alma, first, f"Om {days}", due_on=due)
    making.step(cast.alma, second, "Sent", due_on=TODAY - timedelta(days=1))
    shown = panel(cast, case)["goals"]
    assert [goal.said.words for goal in shown] == ["Sedan", "Först"]
    assert [step.said.what for step in shown[1].next_steps] == ["Om 5", "Om 7", "Om 9"]
    assert shown[1].more == 1


def test_the_panel_costs_three_queries_however_much_there_is(cast: Cast, case: Case) -> None:
    for at in range(12):
        making.step(cast.alma, making.goal(cast.alma, case, f"Mål {at}"))
    held = policy.permissions_for(cast.alma, case)
    readers.sheets(case)
    with CaptureQueriesContext(connection) as queries:
        readers.goals_panel(cast.alma, case, held)
    assert len(queries) <= 3


def test_the_panel_stands_on_the_case_page(signed_in: SignIn, cast: Cast, case: Case) -> None:
    url = f"/arenden/{case.number}/"
    assert "Inga mål är satta än." in text(signed_in(cast.alma).get(url))
    making.step(cast.alma, making.goal(cast.alma, case, "Jag vill sova lugnt"))
    body = text(signed_in(cast.alma).get(url))
    assert "Jag vill sova lugnt" in body
    assert "Lämna planen" in body
    making.submitted(cast.alma, case)
    body = text(signed_in(cast.cecilia).get(url))
    assert "Besluta om planen" in body
    assert "Väntar på godkännande" in body


def test_the_steps_to_do_are_those_of_goals_that_go_on(cast: Cast, case: Case) -> None:
    second, first = making.goal(cast.alma, case), making.goal(cast.alma, case)
    steps = [making.step(cast.alma, goal, what) for goal, what in ((first, "C"), (second, "A"), (second, "B"))]
    paused = making.goal(cast.alma, case)
    making.step(cast.alma, paused, "Vilar")
    actions.move_goal(by=cast.alma, goal=paused, name="pause")
    assert [step.said.what for step in readers.open_steps(case)] == ["A", "B", "C"]
    actions.move_step(by=cast.alma, step=steps[1], name="finish")
    assert [step.said.what for step in readers.open_steps(case)] == ["B", "C"]


def test_a_day_is_late_from_the_day_after(cast: Cast, case: Case) -> None:
    goal = making.goal(cast.alma, case)
    for days in (-1, 0):
        making.step(cast.alma, goal, due_on=timezone.localdate() + timedelta(days=days))
    assert [step.late for step in readers.open_steps(case)] == [True, False]


# --- what is being typed ----------------------------------------------------------------------------------------------


def test_a_goal_that_is_being_typed_is_kept_and_gone_when_it_is_saved(
    signed_in: SignIn, cast: Cast, case: Case
) -> None:
    client = signed_in(cast.alma)
    assert client.post(f"/utkast/goal:{case.number}/", {"words": "Halva mål"}).status_code == 200
    body = text(client.get(url_of(case, "nytt/")))
    assert "Halva mål" in body
    assert "Släng utkastet" in body
    assert caseload.mine(cast.alma)[0].draft is None
    send(client, url_of(case, "nytt/"), **GOAL)
    assert not Draft.objects.exists()


def test_a_change_that_is_being_typed_keeps_the_version_it_began_from(
    signed_in: SignIn, cast: Cast, case: Case
) -> None:
    goal = making.goal(cast.alma, case, "Första orden")
    client, url = signed_in(cast.alma), url_of(case, "1/")
    client.post(f"/utkast/goal:{case.number}:1/", {**GOAL, "words": "Almas halva", "version": "1"})
    actions.change_goal(by=cast.alma, goal=goal, area="work", words=GoalWords(words="Nya ord"), version=1)
    body = text(client.get(url))
    assert "Almas halva" in body
    assert 'name="version" value="1"' in body
    assert "Någon annan hann ändra" in text(send(client, url, **{**GOAL, "words": "Almas hela", "version": "1"}))
    send(client, url, **{**GOAL, "words": "Almas hela", "version": "2"})
    assert not Draft.objects.exists()


def test_a_draft_of_a_goal_is_for_those_who_may_write_one(signed_in: SignIn, cast: Cast, case: Case) -> None:
    for user, status in ((cast.bo, 404), (cast.eva, 404), (cast.cecilia, 403)):
        assert signed_in(user).post(f"/utkast/goal:{case.number}/", {"words": "x"}).status_code == status
