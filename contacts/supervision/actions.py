"""Group supervision from plan to chosen ideas, and supervision of one kontaktperson.

What a presenter writes for the group holds no identity: it is compared with the person's own data before it is saved.
Source: Rapp & Goscha, The Strengths Model (2011).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.rules import Refused, check_open
from casework.signin.models import Role, Section, User
from casework.state import TransitionNotAllowed
from contacts.goals.actions import add_step
from contacts.goals.models import Goal, StepWords
from contacts.supervision import rules, telling
from contacts.supervision.models import (
    GroupSession,
    Idea,
    IdeaWords,
    Mentoring,
    MentoringWords,
    Presentation,
    SessionState,
    SheetWords,
)


class TellsWho(Exception):
    """A text seems to hold a name or a number of hers. `fields` are those texts; which word it is stays unsaid."""

    def __init__(self, fields: Collection[str]) -> None:
        super().__init__(telling.WARNING)
        self.fields = tuple(fields)


@dataclass(frozen=True)
class Choice:
    """An idea that becomes a step: of which goal, and by when."""

    idea: Idea
    goal: Goal
    due_on: date


def plan_session(*, by: User, section: Section, planned_at: datetime, participants: Iterable[User]) -> GroupSession:
    """Plans a group supervision of a section. Raises Forbidden, Refused (a day that has passed, nobody to take part,
    somebody who does not work in the section).
    """
    rules.check_can_plan(by, section)
    _check_day(planned_at)
    with trail.act(Tag.SUPERVISION_PLANNED, by=by, refs=[section.ref()]) as event:
        session = GroupSession(section=section, led_by=by, planned_at=planned_at)
        session.save()
        _invite(session, list(participants))
        event.touch(session.ref())
        return session


def change_session(
    *, by: User, session: GroupSession, planned_at: datetime, participants: Iterable[User], version: int
) -> GroupSession:
    """Changes when and who. Raises Forbidden, Refused (over already, a day that has passed, nobody to take part,
    somebody is taken off who brings a case), StaleEdit when somebody saved in between.
    """
    rules.check_can_change(by, session)
    with trail.act(Tag.SUPERVISION_CHANGED, by=by, refs=[session.ref()]):
        fresh = _locked_session(session)
        rules.check_can_change(by, fresh)
        fresh.check_version(version)
        if planned_at != fresh.planned_at:
            _check_day(planned_at)
        fresh.planned_at = planned_at
        fresh.save()
        _invite(fresh, list(participants))
        return fresh


def move_session(*, by: User, session: GroupSession, name: str) -> GroupSession:
    """`name` is one of rules.MOVES. Raises Forbidden, Refused when the state does not allow it."""
    rules.check_can_plan(by, session.section)
    with trail.act(Tag.SUPERVISION_MOVED, by=by, refs=[session.ref()], reason_code=rules.MOVES[name].code):
        fresh = _locked_session(session)
        try:
            getattr(fresh, name)()
        except TransitionNotAllowed:
            raise Refused(f"Det går inte nu: handledningens läge är ”{fresh.get_state_display()}”.") from None
        fresh.version += 1
        fresh.save()
        return fresh


def plan_again(*, by: User, session: GroupSession) -> GroupSession:
    """Plans the same weekday, clock time and group in the next week that has not come.

    Raises Forbidden, Refused (not held yet, the section has a supervision at that time already).
    """
    rules.check_can_plan(by, session.section)
    if session.state != SessionState.HELD:
        raise Refused("Avsluta den här handledningen först.")
    local = timezone.localtime(session.planned_at)
    weeks = max(1, (timezone.localdate() - local.date()).days // 7 + 1)
    at = (local.replace(tzinfo=None) + timedelta(weeks=weeks)).replace(tzinfo=timezone.get_current_timezone())
    taken = GroupSession.objects.filter(section=session.section, planned_at=at).exclude(state=SessionState.CANCELLED)
    if taken.exists():
        raise Refused("Det finns redan en handledning planerad då.")
    group = [user for user in session.participants.all() if _may_join(user, session.section)]
    return plan_session(by=by, section=session.section, planned_at=at, participants=group)


def present_case(*, by: User, session: GroupSession, case: Case, words: SheetWords) -> Presentation:
    """Brings a case to the group as a sheet without identity.

    Her identity and her address are opened within the act and compared with the texts in memory; nothing of them is
    shown or kept. Raises Forbidden, Refused (closed case, session over, no question, brought already), TellsWho.
    """
    rules.check_can_present(by, session, case)
    _check_asked(words)
    with trail.act(Tag.CASE_PRESENTED, by=by, refs=[case.ref(), session.ref()]) as event:
        fresh = _locked_case(case)
        group = _locked_session(session)
        rules.check_can_present(by, group, fresh)
        _check_tells_nothing(fresh, words)
        sheet = Presentation(session=group, case=fresh, client_id=fresh.client_id, presenter=by, sheet=words)
        try:
            with transaction.atomic():
                sheet.save()
        except IntegrityError:
            raise Refused("Ärendet är redan med på den här handledningen.") from None
        event.touch(sheet.ref())
        return sheet


def change_sheet(*, by: User, presentation: Presentation, words: SheetWords, version: int) -> Presentation:
    """Words the sheet anew, until the session is over; what was read back stays.

    Compared with her own data as in present_case. Raises Forbidden, Refused, TellsWho, StaleEdit.
    """
    rules.check_can_present(by, presentation.session, presentation.case)
    _check_asked(words)
    with trail.act(Tag.CASE_PRESENTED, by=by, refs=[presentation.case.ref(), presentation.ref()]):
        fresh = _locked(presentation)
        rules.check_can_present(by, fresh.session, fresh.case)
        fresh.check_version(version)
        _check_tells_nothing(fresh.case, words)
        fresh.sheet = replace(words, read_back=fresh.sheet.open().read_back)
        fresh.save()
        return fresh


def give_idea(*, by: User, presentation: Presentation, text: str) -> Idea:
    """One line of the brainstorm.

    Who has the case, and so knows who she is, has the line compared with her own data; for anybody else the answer
    would confirm a guess. Raises Forbidden, Refused (not going on, closed case, no words), TellsWho.
    """
    rules.check_can_give(by, presentation)
    if not text.strip():
        raise Refused("Skriv en idé först.")
    with trail.act(Tag.IDEA_GIVEN, by=by, refs=[presentation.case.ref()]) as event:
        fresh = _locked(presentation)
        rules.check_can_give(by, fresh)
        if rules.knows_her(by, fresh.case) and telling.hers(fresh.case).in_text(text):
            raise TellsWho(["text"])
        idea = Idea(presentation=fresh, client_id=fresh.client_id, author=by, words=IdeaWords(text=text))
        idea.save()
        event.touch(idea.ref())
        return idea


def choose_ideas(
    *, by: User, presentation: Presentation, chosen: Iterable[Choice], follow_up_on: date, read_back: str = ""
) -> Presentation:
    """The presenter's choice: each chosen idea becomes a step towards a goal of the case.

    Raises Forbidden, Refused (no idea, one of another presentation or chosen already, a day that has passed, closed
    case; also what add_step refuses).
    """
    rules.check_can_choose(by, presentation)
    choices = list(chosen)
    if not choices:
        raise Refused("Välj minst en idé.")
    if min(follow_up_on, *(choice.due_on for choice in choices)) < timezone.localdate():
        raise Refused("Välj dagar som inte har passerat.")
    refs = [presentation.case.ref(), presentation.ref()]
    with trail.act(Tag.IDEAS_CHOSEN, by=by, refs=refs):
        fresh = _locked(presentation)
        rules.check_can_choose(by, fresh)
        for choice in choices:
            _choose(by, fresh, choice)
        fresh.follow_up_on = follow_up_on
        fresh.sheet = replace(fresh.sheet.open(), read_back=read_back)
        fresh.version += 1
        fresh.save()
        return fresh


def note_mentoring(
    *, by: User, worker: User, kind: str, held_on: date, words: MentoringWords, next_on: date | None = None
) -> Mentoring:
    """Notes a supervision of one kontaktperson, in the field or by talk. It names no client.

    Raises Forbidden, Refused (another role, a day ahead, a next time that lies before, no words).
    """
    rules.check_can_mentor(by, worker)
    if held_on > timezone.localdate():
        raise Refused("Handledningen antecknas när den har hållits.")
    if next_on is not None and next_on <= held_on:
        raise Refused("Nästa gång kan inte ligga före den här.")
    if not words.focus.strip():
        raise Refused("Skriv vad handledningen handlade om.")
    with trail.act(Tag.MENTORED, by=by, refs=[worker.ref()], reason_code=f"mentoring:{kind}") as event:
        assert worker.section_id is not None
        row = Mentoring(worker=worker, mentor=by, section_id=worker.section_id, kind=kind, held_on=held_on)
        row.next_on, row.words = next_on, words
        row.save()
        event.touch(row.ref())
        return row


def _choose(by: User, presentation: Presentation, choice: Choice) -> None:
    idea = (
        Idea.objects.filter(presentation=presentation, pk=choice.idea.pk).select_related("presentation__case").first()
    )
    if idea is None:
        raise Refused("Idén hör till ett annat ärende.")
    if idea.chosen_at is not None:
        raise Refused("En av idéerna är redan vald. Ladda om sidan.")
    words = StepWords(what=idea.words.open().text)
    step = add_step(by=by, case=presentation.case, goal=choice.goal, words=words, due_on=choice.due_on)
    idea.plan_step, idea.chosen_at = step, timezone.now()
    idea.save()


def _invite(session: GroupSession, group: list[User]) -> None:
    """Makes `group` those who take part. Somebody who is in it already may stay also when she has changed section."""
    before = set(session.participants.all())
    if not group:
        raise Refused("Välj minst en som deltar.")
    if not all(user in before or _may_join(user, session.section) for user in group):
        raise Refused("Bara aktiva kontaktpersoner i sektionen kan delta.")
    bringing = Presentation.objects.filter(session=session).values_list("presenter", flat=True)
    for user in before - set(group):
        if user.pk in set(bringing):
            raise Refused(f"{user.display_name} tar upp ett ärende och behöver vara kvar.")
    session.participants.set(group)


def _may_join(user: User, section: Section) -> bool:
    return user.is_active and user.role == Role.KONTAKTPERSON and user.section_id == section.pk


def _check_day(planned_at: datetime) -> None:
    if timezone.localdate(planned_at) < timezone.localdate():
        raise Refused("Välj en dag som inte har passerat.")


def _check_asked(words: SheetWords) -> None:
    if not words.help_wanted.strip():
        raise Refused("Skriv vad du vill ha hjälp med.")


def _shown(words: SheetWords) -> dict[str, str]:
    return {"strengths": words.strengths, "wishes": words.wishes, "help_wanted": words.help_wanted}


def _check_tells_nothing(case: Case, words: SheetWords) -> None:
    hers = telling.hers(case)
    if told := [name for name, text in _shown(words).items() if hers.in_text(text)]:
        raise TellsWho(told)


def _locked_case(case: Case) -> Case:
    """The case first, then what lies in it: every act takes the locks in this order."""
    fresh = Case.objects.select_for_update().get(pk=case.pk)
    check_open(fresh)
    return fresh


def _locked_session(session: GroupSession) -> GroupSession:
    return GroupSession.objects.select_for_update(of=("self",)).select_related("section").get(pk=session.pk)


def _locked(presentation: Presentation) -> Presentation:
    case = _locked_case(presentation.case)
    session = _locked_session(presentation.session)
    fresh = Presentation.objects.select_for_update().get(pk=presentation.pk)
    fresh.case, fresh.session = case, session
    return fresh
