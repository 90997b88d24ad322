"""Lays in the invented people, through the product's own acts."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from casework.cases import actions as cases
from casework.cases.journal.actions import Step, sign_step
from casework.cases.models import Case, Narrative
from casework.clients import actions as clients
from casework.clients.models import Address, Channels, Identity
from casework.crypto.personnummer import luhn
from casework.demo import hooks, people
from casework.demo.file import tell_file
from casework.signin.models import Role, Section, User


def invented_number(serial: int) -> str:
    """A well-formed number from 1900-1909 with a serial that Skatteverket keeps for tests: nobody alive has it."""
    base = f"{1900 + serial // 280 % 10}0{serial // 28 % 9 + 1}{serial % 28 + 1:02d}98{serial // 2520 % 10}"
    return base + str(luhn(base[2:]))


def cast() -> dict[str, User]:
    """The staff, without a way to sign in yet."""
    sections = [Section.objects.create(name=name) for name in people.SECTIONS]
    users = {}
    for player in people.CAST:
        section = sections[player.section] if player.section is not None else None
        user = User(username=player.username, display_name=player.name, role=player.role, section=section)
        user.ties_checked_on = timezone.localdate()
        user.set_unusable_password()
        user.save()
        if player.role == Role.SEKTIONSCHEF and section:
            user.led_sections.add(section)
        users[player.username] = user
    return users


def story(told: people.Story, users: dict[str, User]) -> Case:
    """One client, her case, her contact person, and what has been done."""
    chief = users["cecilia"]
    named = bool(told.given)
    client = clients.register_client(
        by=chief,
        identity=Identity(told.given, told.family, invented_number(told.serial), "personnummer")
        if named
        else Identity(),
        address=Address(),
        channels=Channels(safe_way=told.safe_way, code_word="Blåsippa" if named else ""),
        pseudonymous=not named,
    )
    today = timezone.localdate()
    case = cases.open_intake(
        by=chief,
        client=client,
        section=chief.led_sections.get(),
        referral_source=told.source,
        legal_basis="11:5",
        taken_in_on=today - timedelta(days=told.days),
        first_contact_on=None,
        narrative=Narrative(background=told.background, wishes=told.wishes),
    )
    for kind in told.marks:
        clients.add_mark(
            by=chief,
            case=case,
            kind=kind,
            valid_from=today - timedelta(days=told.days),
            review_on=today + timedelta(days=365 - told.days) if kind == "SECRECY_MARKING" else None,
        )
    for assign in hooks.assign_story:
        assign(case, told.who, told.deputy, users)
    case.refresh_from_db()
    for step in told.steps:
        sign_step(by=users[told.who], case=case, step=_step(step))
    for tell in hooks.tell_more:
        tell(case, told.given, users)
    tell_file(case, told.given, users)
    case.refresh_from_db()
    if told.state != "open":
        name = {"resting": "rest", "closing": "begin_closing"}[told.state]
        case = cases.move_case(by=users[told.who], case=case, name=name, reason=told.wishes)
    return case


def _step(told: people.Step) -> Step:
    now = timezone.localtime()
    day = now.date() - timedelta(days=told.days_ago)
    moment = min(datetime.combine(day, time(9 + told.minutes % 7, 30), tzinfo=now.tzinfo), now)
    return Step(
        kind=told.kind,
        place=told.place,
        place_type=told.place_type,
        exposure=told.exposure,
        way=told.way,
        outcome=told.outcome,
        occurred_at=moment,
        minutes=told.minutes,
        text=told.text,
        actor=told.actor,
        next_step=told.next_step,
        next_on=now.date() + timedelta(days=told.next_in) if told.next_in is not None else None,
    )
