"""Lays in what the invented people work on, through the product's own acts."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from casework.cases.models import Case
from casework.cases.safety.actions import set_safety
from casework.signin.models import User
from contacts.demo.told import METHODS, Method, Wanted
from contacts.goals import actions as goals
from contacts.goals.models import GoalWords, StepWords
from contacts.review.actions import review_case
from contacts.rhythm.actions import agree_rhythm
from contacts.strengths import actions as strengths
from contacts.strengths.actions import Saying
from contacts.strengths.models import ApprovalWay
from contacts.week.actions import make_appointment
from contacts.week.models import Appointment, AppointmentWords


def tell_method(case: Case, given: str, users: dict[str, User]) -> None:
    """What one case has come to; nothing for those of whom nothing is told."""
    told = METHODS.get(given)
    if told is None:
        return
    alma, today = users["alma"], timezone.localdate()
    _strengths(case, told, alma)
    for wanted in told.goals:
        _goal(case, wanted, alma)
    if told.plan:
        plan = goals.submit_plan(
            by=alma,
            case=case,
            person_way=ApprovalWay.SAID_MEETING,
            person_on=today,
            follow_up_on=today + timedelta(days=75),
        )
        if told.plan == "approved":
            goals.approve_plan(by=users["cecilia"], plan=plan)
    if told.every:
        agree_rhythm(
            by=alma, case=case, every=told.every, agreed_on=today, with_person=True, why="Så vill hon ha det.",
            phase="tapering" if told.closing else "support",
        )  # fmt: skip
    if told.advice:
        set_safety(
            by=alma, case=case, avoid=told.avoid, advice=told.advice, review_on=today + timedelta(days=40), version=0
        )
    if told.meeting:
        _meeting(case, told.meeting, alma)
    if told.review:
        review_case(
            by=users["cecilia"], case=case, decision="go_on", weight=3, next_on=today + timedelta(days=60),
            note=told.review,
        )  # fmt: skip


def _strengths(case: Case, told: Method, by: User) -> None:
    today = timezone.localdate()
    for domain in dict.fromkeys(said.domain for said in told.said):
        sayings = [
            Saying(said.column, said.text, may_locate=said.may_locate) for said in told.said if said.domain == domain
        ]
        strengths.state(by=by, case=case, domain=domain, sayings=sayings, said_on=today)
    if told.signed:
        strengths.sign(by=by, case=case, remark="", approved_way=ApprovalWay.SIGNED_PAPER, approved_on=today)


def _goal(case: Case, wanted: Wanted, by: User) -> None:
    today = timezone.localdate()
    goal = goals.set_goal(
        by=by, case=case, area=wanted.area, uses_natural=bool(wanted.natural),
        words=GoalWords(words=wanted.words, why=wanted.why, natural=wanted.natural, formal=wanted.formal),
    )  # fmt: skip
    for todo in wanted.steps:
        due = today + timedelta(days=todo.due_in) if todo.due_in is not None else None
        words = StepWords(what=todo.what, who=todo.who)
        step = goals.add_step(by=by, case=case, goal=goal, words=words, due_on=due)
        if todo.done:
            goals.move_step(by=by, step=step, name="finish")
    if wanted.reached:
        goals.move_goal(by=by, goal=goal, name="reach", result=wanted.reached)


def _meeting(case: Case, what: str, by: User) -> None:
    day = timezone.localdate() + timedelta(days=2)
    starts = datetime.combine(day, time(13), tzinfo=timezone.get_current_timezone())
    make_appointment(
        by=by, case=case, kind=Appointment.Kind.MEETING, starts_at=starts, minutes=45, words=AppointmentWords(what=what)
    )
