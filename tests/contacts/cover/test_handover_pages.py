"""The pages of a handover, from plan to completion; and the list of what has to move when somebody leaves."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from casework.cases.models import Case
from casework.drafts import store
from casework.drafts.models import Draft
from contacts.assignments import actions as assignments
from contacts.cover import actions as covers
from contacts.cover.handing import actions
from contacts.goals import actions as goals
from contacts.goals.models import GoalWords, StepWords
from contacts.models import Appointment, Assignment, GroupSession, Handover
from contacts.week.models import AppointmentWords
from tests import factories
from tests.cast import Cast
from tests.contacts.cover.clock import day
from tests.contacts.cover.test_handing_over import plan, say_yes
from tests.fixtures import SignIn, send, text
from tests.world import post_data


def url(case: Case, page: str = "") -> str:
    return f"/arenden/{case.number}/overlamning/{page}"


def test_planned_by_the_sektionschef_and_seen_by_both(signed_in: SignIn, cast: Cast, case: Case) -> None:
    chief = signed_in(cast.cecilia)
    assert "Planera en överlämning" in text(chief.get(url(case)))
    data = {"conflict": "no", "taker": str(cast.bo.pk), "planned_on": str(day(9)), "message": "Kan du?"}
    for wrong, words in (
        ({"conflict": "yes"}, "frågan om jäv"),
        ({"taker": ""}, "Svara på frågan: Vem tar över?"),
        ({"planned_on": str(day(-1))}, "får inte ha passerat"),
    ):
        assert words in text(send(chief, url(case, "planera/"), **{**data, **wrong}))
    once = str(uuid4())
    for _ in range(2):
        assert send(chief, url(case, "planera/"), **data, once=once).url == url(case)
    assert Handover.objects.count() == 1
    assert "har inte svarat" in text(chief.get(url(case)))
    say_yes(cast.bo)
    for user in (cast.alma, cast.bo):
        body = text(signed_in(user).get(url(case)))
        assert "Slutför överlämningen" in body
        assert "Ställ in överlämningen" not in body
        assert "lämnar över till <strong>Bo Ek</strong>" in text(signed_in(user).get(f"/arenden/{case.number}/"))


def test_the_list_is_ticked_and_two_see_each_other(signed_in: SignIn, cast: Cast, case: Case) -> None:
    plan(cast, case)
    client, page = signed_in(cast.alma), url(case, "pricka-av/")
    form = {"met_on": str(day(-1)), "channels_on": "", "code_word_on": "", "steps_on": ""}
    assert send(client, page, **form, version=1).url == url(case)
    assert str(day(-1)) in text(client.get(url(case)))
    assert "Någon annan hann ändra" in text(send(client, page, **{**form, "met_on": ""}, version=1))
    assert "får inte ligga i framtiden" in text(send(client, page, **{**form, "met_on": str(day(1))}, version=2))


def test_completed_by_the_giver_who_then_is_out(signed_in: SignIn, cast: Cast, case: Case) -> None:
    plan(cast, case)
    alma, page = signed_in(cast.alma), url(case, "slutfor/")
    words = {"summary": "Hon vill byta dag", "missing_why": "Hon orkade inte ses alla tre"}
    assert "inte tackat ja än" in text(send(alma, page, **words))
    say_yes(cast.bo)
    store.save(user=cast.alma, slot=store.step_slot(case), path="/", post=post_data(text="Halvt"), case=case)
    store.save(user=cast.alma, slot=f"handover:{case.number}", path="/", post=post_data(summary="Hon vill"), case=case)
    body = text(alma.get(page))
    assert "har ett osignerat utkast" in body
    assert "Hon vill" in body
    assert "Fyll i" in text(send(alma, page, summary="", missing_why=""))
    assert "Svara på frågan: Varför är allt inte avprickat?" in text(send(alma, page, summary="Hej", missing_why=""))
    assert send(alma, page, **words).url == "/mina-arenden/"
    assert not Draft.objects.filter(slot__startswith="handover").exists()
    assert alma.get(f"/arenden/{case.number}/").status_code == 404
    bo = signed_in(cast.bo)
    body = text(bo.get(url(case)))
    for said in words.values():
        assert said in body
    assert bo.get(page).status_code == 404


def test_all_ticked_asks_for_no_reason(signed_in: SignIn, cast: Cast, case: Case) -> None:
    made = plan(cast, case)
    say_yes(cast.bo)
    actions.check_handover(by=cast.alma, handover=made, checks=actions.Checks(*[day(0)] * 4), version=1)
    chief, page = signed_in(cast.cecilia), url(case, "slutfor/")
    assert "missing_why" not in text(chief.get(page))
    assert "Allt är avprickat." in text(chief.get(f"/arenden/{case.number}/"))
    assert send(chief, page, summary="Allt är bra").url == f"/arenden/{case.number}/"


def test_called_off(signed_in: SignIn, cast: Cast, case: Case) -> None:
    plan(cast, case)
    chief = signed_in(cast.cecilia)
    assert signed_in(cast.alma).post(url(case, "stall-in/")).status_code == 403
    assert chief.post(url(case, "stall-in/")).url == url(case)
    assert chief.post(url(case, "stall-in/")).status_code == 404
    assert "Ingen överlämning pågår" in text(chief.get(url(case)))


def test_another_deputy_reads_but_does_not_act(signed_in: SignIn, cast: Cast, case: Case) -> None:
    other = type(cast.bo).objects.create(username="d", display_name="D", role="kontaktperson", section=cast.section)
    factories.assign(cast.cecilia, case, other, kind="deputy")
    plan(cast, case)
    client = signed_in(other)
    assert "Slutför överlämningen" not in text(client.get(url(case)))
    for page in ("pricka-av/", "slutfor/"):
        assert client.get(url(case, page)).status_code == 403


def everything_of(cast: Cast, case: Case) -> None:
    """One of all that can hang on Alma."""
    other, third = factories.make_case(cast.cecilia), factories.make_case(cast.cecilia)
    factories.assign(cast.cecilia, other, cast.bo)
    factories.assign(cast.cecilia, third, cast.bo)
    assignments.offer_assignment(by=cast.cecilia, case=other, user=cast.alma, kind="deputy", no_conflict=True)
    days = {"starts_on": day(0), "ends_on": day(1)}
    covers.cover_case(by=cast.cecilia, case=third, substitute=cast.alma, **days)
    plan(cast, case)
    store.save(user=cast.alma, slot=store.step_slot(case), path="/", post=post_data(text="Halvt"), case=case)
    store.save(user=cast.alma, slot="intake", path="/", post=post_data(background="Halvt"))
    goal = goals.set_goal(by=cast.alma, case=case, area="everyday", words=GoalWords(words="Hem"), uses_natural=False)
    goals.add_step(by=cast.alma, case=case, goal=goal, words=StepWords(what="Ringa"), due_on=None)
    soon = timezone.now() + timedelta(days=2)
    facts = {"case": case, "client": case.client, "user": cast.alma, "kind": "reminder", "starts_at": soon}
    Appointment(**facts, words=AppointmentWords(what="Ringa")).save()
    session = GroupSession(section=cast.section, led_by=cast.cecilia, planned_at=soon)
    session.save()
    session.participants.add(cast.alma)


def test_what_has_to_move_when_somebody_leaves(signed_in: SignIn, cast: Cast, case: Case) -> None:
    everything_of(cast, case)
    body = text(signed_in(cast.cecilia).get(f"/medarbetare/{cast.alma.pk}/flytta/"))
    for words in (
        "Kontaktperson i",
        "Obesvarade frågor",
        "Täcker för andra i",
        "Överlämningar som pågår",
        "Osignerade utkast",
        "Utan ärende",
        "Kommande tider",
        "Öppna delmål",
        "1 öppna",
        "Grupphandledning",
        f"/arenden/{case.number}/overlamning/",
    ):
        assert words in body, words
    for gone in ("Ersättare i", "Ingenting är kvar", "i en annan sektion"):
        assert gone not in body


def test_nothing_left_is_said_plainly(signed_in: SignIn, cast: Cast, case: Case) -> None:
    assert "Ingenting är kvar att flytta" in text(signed_in(cast.cecilia).get(f"/medarbetare/{cast.bo.pk}/flytta/"))


def test_tasks_in_another_section_are_counted_not_named(signed_in: SignIn, cast: Cast, case: Case) -> None:
    there = factories.make_case(cast.edvin)
    factories.assign(cast.edvin, there, cast.bo)
    factories.assign(cast.cecilia, case, cast.bo, kind="deputy")
    body = text(signed_in(cast.cecilia).get(f"/medarbetare/{cast.bo.pk}/flytta/"))
    assert "1 uppdrag i en annan sektion" in body
    assert there.number not in body
    assert "Ersättare i" in body
    assert Assignment.objects.filter(user=cast.bo).count() == 2
