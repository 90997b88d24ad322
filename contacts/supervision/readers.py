"""Questions about group supervision that pages ask.

Who takes part without a right to the case sees its sheet while the group sits together, and nothing of it before or
after. Every look is noted with the case, so that its log tells who has seen what.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from audit.tags import Tag
from casework import policy
from casework.access import visit
from casework.cases.models import Case
from casework.crypto import fields
from casework.policy import Permission
from casework.signin.models import Role, Section, User
from contacts.goals.models import Goal, GoalState
from contacts.strengths import readers as strengths
from contacts.strengths.models import Column
from contacts.supervision import rules, telling
from contacts.supervision.models import GroupSession, Idea, Presentation, SessionState, SheetWords

PAST_SHOWN = 12
IN_GROUP = "supervision:in_group"


@dataclass
class Row:
    """A presentation on the agenda. `visible`: this user sees its sheet now; `words` only of the one that is shown."""

    number: int
    presentation: Presentation
    idea_count: int
    visible: bool
    has_case: bool
    words: SheetWords | None = None
    ideas: list[str] | None = None

    @property
    def name(self) -> str:
        return self.presentation.case.pseudonym if self.visible else "Ett ärende"

    @property
    def newest_first(self) -> list[str]:
        return (self.ideas or [])[::-1]


# --- sessions ---------------------------------------------------------------------------------------------------------


def staff_of(section: Section) -> QuerySet[User]:
    """The section's active kontaktpersoner, by name."""
    return User.objects.filter(role=Role.KONTAKTPERSON, is_active=True, section=section).order_by("display_name")


def staff_for(session: GroupSession) -> QuerySet[User]:
    """Who can be chosen for a session: the section's, and those who are in it already."""
    ids = {user.pk for user in (*staff_of(session.section), *session.participants.all())}
    return User.objects.filter(pk__in=ids).order_by("display_name")


def led_sections(user: User) -> list[Section]:
    """The sections whose supervision this user leads; none for a kontaktperson."""
    return list(user.led_sections.filter(active=True)) if policy.may(user, Permission.SUPERVISION_LEAD) else []


def led_section(user: User, pk: UUID) -> Section:
    """A section that this user leads. Raises Forbidden for any other, also one that does not exist."""
    section = Section.objects.filter(pk=pk).first()
    rules.check_can_plan(user, section or Section(pk=pk))
    assert section is not None
    return section


def sessions_of(user: User) -> QuerySet[GroupSession]:
    """The sessions this user takes part in, or leads the section of."""
    mine = Q(participants=user)
    if policy.may(user, Permission.SUPERVISION_LEAD):
        mine |= Q(section__leaders=user)
    found = GroupSession.objects.filter(pk__in=GroupSession.objects.filter(mine).values("pk"))
    return found.select_related("section", "led_by").annotate(
        case_count=Count("presentations", distinct=True), idea_count=Count("presentations__ideas", distinct=True)
    )


def coming(user: User) -> list[GroupSession]:
    """Those going on or planned, the next one first."""
    return list(sessions_of(user).filter(state__in=rules.NOW).order_by("planned_at"))


def past(user: User) -> list[GroupSession]:
    """The latest that were held or cancelled."""
    return list(sessions_of(user).exclude(state__in=rules.NOW).order_by("-planned_at")[:PAST_SHOWN])


def session_of(user: Any, pk: UUID) -> GroupSession:
    """A session this user takes part in or leads. Raises Forbidden by role, NotFound for anybody else's."""
    policy.check_may(user, Permission.SUPERVISION)
    session = sessions_of(user).filter(pk=pk).first()
    if session is None:
        hidden = Presentation.objects.filter(session=pk).select_related("case")
        raise policy.NotFound("Du är inte med på den handledningen.", [each.case.ref() for each in hidden])
    return session


def led_session(user: Any, pk: UUID) -> GroupSession:
    """A session of a section this user leads. Raises NotFound for others', Forbidden for who only takes part."""
    session = session_of(user, pk)
    rules.check_can_plan(user, session.section)
    return session


# --- presentations ----------------------------------------------------------------------------------------------------


def agenda(user: User, session: GroupSession) -> list[Row]:
    """What is brought to a session, as this user may see it. No seal is opened."""
    found = Presentation.objects.filter(session=session).select_related("case", "presenter").defer("case__narrative")
    counted = found.annotate(idea_count=Count("ideas")).order_by("created_at")
    known = set(policy.visible_cases(user).filter(presentations__session=session).values_list("pk", flat=True))
    together = session.state == SessionState.GOING_ON
    rows = [
        Row(at, each, each.idea_count, together or each.case_id in known, each.case_id in known)
        for at, each in enumerate(counted, start=1)
    ]
    visit.saw_all([row.presentation.case for row in rows if row.visible])
    return rows


def open_row(rows: list[Row], wanted: str) -> Row | None:
    """The presentation to show: the one with this number, else the first; opened, when the user may see it."""
    chosen = next((row for row in rows if str(row.number) == wanted), rows[0] if rows else None)
    if chosen is None or not chosen.visible:
        return None
    _look_in_group()
    chosen.words = chosen.presentation.sheet.open()
    chosen.ideas = texts(ideas_of(chosen.presentation))
    return chosen


def presentation_of(user: Any, pk: UUID) -> Presentation:
    """A presentation of a session this user takes part in. Raises NotFound, Forbidden as session_of."""
    policy.check_may(user, Permission.SUPERVISION)
    found = Presentation.objects.select_related("case__client", "session__section").filter(pk=pk).first()
    if found is None:
        raise policy.NotFound("Underlaget finns inte.")
    session_of(user, found.session_id)
    return found


def own_presentation(user: Any, pk: UUID) -> Presentation:
    """A presentation of a case this user writes in. Raises NotFound, Forbidden as policy.get_case."""
    found = Presentation.objects.select_related("case", "session__section").filter(pk=pk).first()
    if found is None:
        raise policy.NotFound("Underlaget finns inte.")
    found.case = policy.get_case(user, found.case.number, Permission.METHOD_WRITE)
    return found


def sheet_of(case: Case, pk: UUID) -> Presentation:
    """A presentation of this case. Raises NotFound."""
    found = Presentation.objects.filter(case=case, pk=pk).select_related("presenter", "session").first()
    if found is None:
        raise policy.NotFound("Underlaget finns inte.", [case.ref()])
    found.case = case
    return found


def ideas_of(presentation: Presentation, after: int = 0) -> list[Idea]:
    """The ideas in the order they came, without the first `after`."""
    return list(Idea.objects.filter(presentation=presentation).order_by("created_at")[after:])


def texts(ideas: list[Idea]) -> list[str]:
    return [idea.words.open().text for idea in fields.open_all(ideas, "words")]


def with_texts(ideas: list[Idea]) -> list[Idea]:
    """The ideas with their text as `said`."""
    for idea, text in zip(ideas, texts(ideas), strict=True):
        idea.said = text  # type: ignore[attr-defined]
    return ideas


def unchosen(presentation: Presentation) -> list[Idea]:
    """The ideas that are not steps yet, with their text as `said`."""
    return with_texts([idea for idea in ideas_of(presentation) if idea.chosen_at is None])


def number_of(presentation: Presentation) -> str:
    """Its place on the session's agenda, as the address has it."""
    earlier = Presentation.objects.filter(session=presentation.session_id, created_at__lt=presentation.created_at)
    return str(earlier.count() + 1)


def new_ideas(presentation: Presentation, after: int) -> list[str] | None:
    """The texts of the ideas after the first `after`; None when the group no longer sits together.

    The look is noted only when there is something new to see.
    """
    if presentation.session.state != SessionState.GOING_ON:
        return None
    found = texts(ideas_of(presentation, after))
    if found:
        visit.saw(presentation.case)
        _look_in_group()
    return found


def _look_in_group() -> None:
    """Says what kind of look this is, unless her own data was opened on the way: that is said first."""
    now = visit.current()
    if now is not None and now.reason_code != telling.COMPARED:
        visit.purpose(Tag.SUPERVISION_READ, reason_code=IN_GROUP)


def to_bring(user: User, session: GroupSession) -> list[Case]:
    """Her own open cases, those that are not on this session's agenda yet."""
    mine = policy.visible_cases(user, Permission.METHOD_WRITE).exclude(state=Case.State.CLOSED)
    found = list(mine.exclude(presentations__session=session).defer("narrative").order_by("number"))
    visit.saw_all(found)
    return found


def sheet_from_assessment(case: Case) -> dict[str, str]:
    """Strengths and wishes as lines to begin from. Nothing that may tell where she is."""
    sheet = strengths.sheet(case).without_places()
    strong = [str(getattr(each, "said", "")) for each in sheet.statements if each.column != Column.WISH]
    wishes = [str(getattr(each, "said", "")) for each in sheet.wishes]
    return {"strengths": "\n".join(strong), "wishes": "\n".join(wishes)}


def goals_to_choose(case: Case) -> list[tuple[str, str]]:
    """The goals that go on, with their words."""
    goals = fields.open_all(Goal.objects.filter(case=case, state=GoalState.ACTIVE), "words")
    return [(str(goal.pk), f"{goal.number}. {goal.words.open().words}") for goal in goals]


def goal_of(case: Case, pk: str) -> Goal:
    """A goal of this case that goes on. Raises NotFound."""
    goal = Goal.objects.filter(case=case, state=GoalState.ACTIVE, pk=pk).first()
    if goal is None:
        raise policy.NotFound("Målet finns inte.", [case.ref()])
    return goal


def taken_up(case: Case, *, may_write: bool) -> dict[str, Any]:
    """When the case was brought up last and what was chosen; and when it is brought up next."""
    rows = list(presentations_of(case))
    last = next((row for row in rows if row.session.state in rules.MET), None)
    chosen = Idea.objects.filter(presentation=last, chosen_at__isnull=False).order_by("created_at") if last else []
    return {
        "case": case,
        "last": last,
        "next": next((row for row in rows if row.session.state == SessionState.PLANNED), None),
        "chosen": texts(list(chosen)),
        "may_write": may_write,
    }


def presentations_of(case: Case) -> QuerySet[Presentation]:
    """Every time the case was brought up, the latest first; sessions that were cancelled apart."""
    rows = Presentation.objects.filter(case=case).exclude(session__state=SessionState.CANCELLED)
    return (
        rows.select_related("session", "presenter").annotate(idea_count=Count("ideas")).order_by("-session__planned_at")
    )
