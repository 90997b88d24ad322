"""From the case to the group and back: the sheet, the ideas as they come, the choice, the case page."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from audit.tags import Tag
from casework.cases.models import Case
from casework.drafts import store
from casework.signin.models import SignIn as SignInRow
from contacts.goals.models import PlanStep
from contacts.strengths import actions as strengths
from contacts.supervision import telling
from contacts.supervision.models import GroupSession, Idea, Presentation
from tests import factories
from tests.cast import Cast
from tests.contacts.supervision.group import WORDS, bring, close, finish, idea, make_goal, make_group, vars_of
from tests.fixtures import SignIn, cases_of, events, last_event, send, text

WEEK = str(timezone.localdate() + timedelta(days=7))
FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def group(cast: Cast) -> GroupSession:
    return make_group(cast.cecilia, cast.alma, cast.bo)


def present_url(case: Case, group: GroupSession) -> str:
    return f"/arenden/{case.number}/ta-upp/{group.pk}/"


def sheet_data(**more: str) -> dict[str, str]:
    return {**vars_of(WORDS), "version": "0", **more}


def test_her_own_open_cases_are_there_to_bring(signed_in: SignIn, cast: Cast, case: Case, group: GroupSession) -> None:
    other = factories.make_case(cast.cecilia)
    factories.assign(cast.cecilia, other, cast.bo)
    client, url = signed_in(cast.alma), f"/handledning/{group.pk}/ta-upp/"
    body = text(client.get(url))
    assert present_url(case, group) in body
    assert other.number not in body
    bring(cast.alma, group, case)
    assert "Inget ärende att ta upp" in text(client.get(url))
    assert signed_in(cast.cecilia).get(url).status_code == 403


def test_the_form_begins_with_the_assessment_without_places(
    signed_in: SignIn, cast: Cast, case: Case, group: GroupSession
) -> None:
    for domain, column, words, locates in (
        ("leisure", "now", "Spelar fiol", False),
        ("leisure", "before", "Sjöng i kyrkan vid torget", True),
        ("work", "wish", "Bli undersköterska", False),
    ):
        said = strengths.Saying(column=column, text=words, said_by="person", may_locate=locates)
        strengths.state(by=cast.alma, case=case, domain=domain, sayings=[said], said_on=timezone.localdate())
    body = text(signed_in(cast.alma).get(present_url(case, group)))
    assert "Spelar fiol" in body
    assert "Bli undersköterska" in body
    assert "vid torget" not in body


def test_a_case_is_brought_once(signed_in: SignIn, cast: Cast, case: Case, group: GroupSession) -> None:
    client, url = signed_in(cast.alma), present_url(case, group)
    data = sheet_data(once=str(uuid4()))
    for _ in range(2):
        assert send(client, url, **data).url == f"/handledning/{group.pk}/?nr=1"
    assert Presentation.objects.get().sheet.open() == WORDS
    assert "redan med på den här" in text(send(client, url, **sheet_data()))


def test_a_name_is_pointed_out_at_its_field_without_telling_which(
    signed_in: SignIn, cast: Cast, case: Case, group: GroupSession
) -> None:
    body = text(send(signed_in(cast.alma), present_url(case, group), **sheet_data(wishes="Hälsa på hos Öbergs")))
    assert body.count(telling.WARNING) == 2
    assert 'href="#id_wishes"' in body
    assert "Hälsa på hos Öbergs" in body
    assert "Åsa" not in body
    assert not Presentation.objects.exists()
    event = last_event(Tag.SUPERVISION_READ)
    assert (event.reason_code, cases_of(event)) == (telling.COMPARED, {case.number})


def test_what_looks_like_a_number_is_asked_about_once(
    signed_in: SignIn, cast: Cast, case: Case, group: GroupSession
) -> None:
    client, url = signed_in(cast.alma), present_url(case, group)
    data = sheet_data(help_wanted="Ring jouren 020-50 50 50?")
    body = text(send(client, url, **data))
    assert "ser ut som ett telefonnummer" in body
    assert 'name="sure"' in body
    assert not Presentation.objects.exists()
    assert 'name="sure"' in text(send(client, url, **{**data, "help_wanted": "", "sure": "on"}))
    assert send(client, url, **data, sure="on").status_code == 302


def test_a_draft_of_the_sheet_waits(signed_in: SignIn, cast: Cast, case: Case, group: GroupSession) -> None:
    client = signed_in(cast.alma)
    url = reverse("autosave", args=[f"present:{case.number}"])
    assert client.post(url, {"wishes": "Halvvägs"}).status_code == 200
    assert signed_in(cast.bo).post(url, {"wishes": "Halvvägs"}).status_code == 404
    assert "Halvvägs" in text(client.get(present_url(case, group)))
    send(client, present_url(case, group), **sheet_data())
    assert store.find(cast.alma, f"present:{case.number}") is None


def test_the_sheet_is_reworded_and_a_stale_one_compared(
    signed_in: SignIn, cast: Cast, case: Case, group: GroupSession
) -> None:
    sheet = bring(cast.alma, group, case)
    client, url = signed_in(cast.alma), f"/handledning/underlag/{sheet.pk}/andra/"
    assert "Sjunga igen" in text(client.get(url))
    assert send(client, url, **sheet_data(wishes="Dansa", version="1")).url == f"/handledning/{group.pk}/?nr=1"
    body = text(send(client, url, **sheet_data(wishes="Spela", version="1")))
    assert "Någon annan hann ändra" in body
    assert "Dansa" in body
    assert "Spela" in body
    assert telling.WARNING in text(send(client, url, **sheet_data(wishes="Åsa", version="2")))
    for user, status in ((cast.bo, 404), (cast.eva, 404), (cast.cecilia, 403), (cast.dag, 404)):
        assert signed_in(user).get(url).status_code == status
    assert client.get(f"/handledning/underlag/{uuid4()}/andra/").status_code == 404


# --- the brainstorm ---------------------------------------------------------------------------------------------------


def test_an_idea_is_saved_once_and_the_field_is_empty_again(
    signed_in: SignIn, cast: Cast, case: Case, group: GroupSession
) -> None:
    sheet = bring(cast.alma, group, case)
    client, url = signed_in(cast.bo), f"/handledning/underlag/{sheet.pk}/ide/"
    once = str(uuid4())
    for _ in range(2):
        answer = send(client, url, text="Prova kyrkokören", once=once)
        assert answer.url == f"/handledning/{group.pk}/?nr=1"
    body = text(client.get(answer.url))
    assert "Prova kyrkokören" in body
    assert "autofocus" in body
    assert Idea.objects.count() == 1


def test_an_idea_that_cannot_be_saved_stays_in_the_field(
    signed_in: SignIn, cast: Cast, case: Case, group: GroupSession
) -> None:
    sheet = bring(cast.alma, group, case)
    alma, url = signed_in(cast.alma), f"/handledning/underlag/{sheet.pk}/ide/"
    assert "Skriv en idé först." in text(send(alma, url, text=" "))
    assert "högst 300 får plats" in text(send(alma, url, text="x" * 301))
    body = text(send(alma, url, text="Fråga Åsa"))
    assert telling.WARNING in body
    assert 'value="Fråga Åsa"' in body
    finish(cast.cecilia, group)
    body = text(send(alma, url, text="För sent"))
    assert Idea.objects.count() == 0


def test_the_script_gets_idea_texts_and_nothing_else(
    signed_in: SignIn, cast: Cast, case: Case, group: GroupSession
) -> None:
    sheet = bring(cast.alma, group, case)
    idea(cast.alma, sheet, "Ett")
    bo, base = signed_in(cast.bo), f"/handledning/underlag/{sheet.pk}"
    made = bo.post(f"{base}/ide/", {"text": "Två", "once": uuid4(), "efter": "0"}, headers=FETCH)
    assert made.json() == {"ideas": ["Ett", "Två"]}
    assert bo.get(f"{base}/ideer/?efter=1").json() == {"ideas": ["Två"]}
    for odd in ("", "?efter=x", "?efter=-1", "?efter=999999"):
        assert bo.get(f"{base}/ideer/{odd}").json() == {"ideas": ["Ett", "Två"]}
    refused = bo.post(f"{base}/ide/", {"text": "", "once": uuid4()}, headers=FETCH)
    assert (refused.status_code, refused.json()) == (400, {"error": "Skriv en idé först."})
    finish(cast.cecilia, group)
    assert bo.get(f"{base}/ideer/").json() == {"ideas": None}


def test_asking_again_and_again_is_noted_only_when_there_is_something_new(
    signed_in: SignIn, cast: Cast, case: Case, group: GroupSession
) -> None:
    sheet = bring(cast.alma, group, case)
    bo, url = signed_in(cast.bo), f"/handledning/underlag/{sheet.pk}/ideer/"
    for _ in range(3):
        bo.get(f"{url}?efter=0")
    assert not events(Tag.SUPERVISION_READ)
    idea(cast.alma, sheet)
    bo.get(f"{url}?efter=0")
    assert cases_of(last_event(Tag.SUPERVISION_READ)) == {case.number}


def test_asking_does_not_keep_the_session_awake(signed_in: SignIn, cast: Cast, case: Case, group: GroupSession) -> None:
    sheet = bring(cast.alma, group, case)
    bo = signed_in(cast.bo)
    bo.get("/handledning/")
    row = SignInRow.objects.get(user=cast.bo)
    row.seen_at = timezone.now() - timedelta(seconds=settings.IDLE_LOCK_SECONDS - 20)
    row.save()
    before = row.seen_at
    assert bo.get(f"/handledning/underlag/{sheet.pk}/ideer/").status_code == 200
    row.refresh_from_db()
    assert row.seen_at == before


# --- choosing ---------------------------------------------------------------------------------------------------------


def choice(one: Idea, goal: object, **more: str) -> dict[str, str]:
    ticked = {f"pick_{one.pk}": "on", f"goal_{one.pk}": str(goal.pk), f"due_{one.pk}": WEEK}  # type: ignore[attr-defined]
    return {**ticked, "follow_up_on": WEEK, "read_back": "Vi börjar med kören", **more}


def test_ideas_are_chosen_and_stand_in_the_plan_and_beside_the_strengths(
    signed_in: SignIn, cast: Cast, case: Case, group: GroupSession
) -> None:
    sheet, goal = bring(cast.alma, group, case), make_goal(cast.alma, case)
    first = idea(cast.bo, sheet, "Ring kören")
    idea(cast.bo, sheet, "Köp en fiol")
    client, url = signed_in(cast.alma), f"/handledning/underlag/{sheet.pk}/valj/"
    assert "Jag vill sjunga i kör" in text(client.get(url))
    data = choice(first, goal, once=str(uuid4()))
    target = f"/arenden/{case.number}/handledning/{sheet.pk}/"
    for _ in range(2):
        assert send(client, url, **data).url == target
    assert PlanStep.objects.get().words.open().what == "Ring kören"
    body = text(client.get(target))
    assert "Vi börjar med kören" in body
    assert body.count("Vald") == 1
    page = text(client.get(f"/arenden/{case.number}/styrkor/"))
    assert "Ring kören" in page
    assert f"Följs upp {WEEK}" in page
    assert "Köp en fiol" not in page
    assert "Ring kören" not in text(client.get(url))


def test_what_a_choice_lacks_is_said(signed_in: SignIn, cast: Cast, case: Case, group: GroupSession) -> None:
    sheet = bring(cast.alma, group, case)
    one = idea(cast.bo, sheet)
    client, url = signed_in(cast.alma), f"/handledning/underlag/{sheet.pk}/valj/"
    assert "Planen har inget mål än" in text(client.get(url))
    goal = make_goal(cast.alma, case)
    data = choice(one, goal)
    for wrong, message in (
        ({f"pick_{one.pk}": ""}, "Välj minst en idé."),
        ({f"goal_{one.pk}": ""}, "Välj vilket mål"),
        ({f"goal_{one.pk}": str(uuid4())}, "Välj något av alternativen"),
        ({f"due_{one.pk}": ""}, "Fyll i när det ska vara klart."),
        ({f"due_{one.pk}": "2020-01-01"}, "får inte ha passerat"),
        ({"follow_up_on": ""}, "Svara på frågan: När följer du upp i gruppen?"),
    ):
        assert message in text(send(client, url, **{**data, **wrong}))
    assert not PlanStep.objects.exists()
    for user, status in ((cast.bo, 404), (cast.eva, 404), (cast.cecilia, 403), (cast.dag, 404)):
        assert signed_in(user).get(url).status_code == status


def test_nothing_to_choose_and_not_the_time_to_choose(signed_in: SignIn, cast: Cast, case: Case) -> None:
    planned = make_group(cast.cecilia, cast.alma, state="planned")
    sheet = bring(cast.alma, planned, case)
    client = signed_in(cast.alma)
    assert "Det går inte att välja nu." in text(client.get(f"/handledning/underlag/{sheet.pk}/valj/"))
    other = bring(cast.alma, make_group(cast.cecilia, cast.alma), case)
    assert "Inga idéer att välja bland" in text(client.get(f"/handledning/underlag/{other.pk}/valj/"))


def test_the_sheet_is_read_from_the_case(signed_in: SignIn, cast: Cast, case: Case, group: GroupSession) -> None:
    sheet = bring(cast.alma, group, case)
    idea(cast.bo, sheet, "Ring kören")
    finish(cast.cecilia, group)
    url = f"/arenden/{case.number}/handledning/{sheet.pk}/"
    for user, status in ((cast.alma, 200), (cast.cecilia, 200), (cast.bo, 404), (cast.eva, 404), (cast.lo, 403)):
        assert signed_in(user).get(url).status_code == status
    body = text(signed_in(cast.cecilia).get(url))
    assert "Ring kören" in body
    assert "Välj nästa steg" not in body
    assert signed_in(cast.alma).get(f"/arenden/{case.number}/handledning/{uuid4()}/").status_code == 404
    other = factories.make_case(cast.cecilia)
    assert signed_in(cast.cecilia).get(f"/arenden/{other.number}/handledning/{sheet.pk}/").status_code == 404


def test_the_page_of_strengths_tells_when(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, page = signed_in(cast.alma), f"/arenden/{case.number}/styrkor/"
    assert "Har inte tagits upp än." in text(client.get(page))
    bring(cast.alma, make_group(cast.cecilia, cast.alma, state="planned", days=2), case)
    assert "Tas upp" in text(client.get(page))
    held = make_group(cast.cecilia, cast.alma, cast.bo)
    sheet = bring(cast.alma, held, case)
    assert "Inga idéer skrevs." in text(client.get(page))
    idea(cast.bo, sheet)
    assert "1 idéer, ingen är vald än." not in text(client.get(page))
    assert "1 idé, inte vald än" in text(client.get(page))
    close(cast.cecilia, cast.alma, case)
    assert "Ta upp ärendet" not in text(signed_in(cast.cecilia).get(page))
