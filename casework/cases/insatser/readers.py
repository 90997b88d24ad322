"""What the pages show of insatser. Every opened seal ends in the page's read event by itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from casework import policy
from casework.access import visit
from casework.access.models import AccessGrant
from casework.cases.consents.models import Consent
from casework.cases.consents.readers import in_force_for, label_of
from casework.cases.insatser import clock, rules
from casework.cases.insatser.models import Actor, FollowUpWords, Insats, InsatsFollowUp, InsatsWords, Offer
from casework.cases.models import Case
from casework.cases.reminders import Reminder
from casework.clients.children.models import Child
from casework.clients.children.readers import children_of
from casework.crypto import fields
from casework.policy import Permission
from casework.signin.models import Role, User
from casework.swedish import iso

State = rules.State
STOP = "Samtycket är återkallat: en insats måste stoppas."
LATE = "Ett beslut om en insats är inte verkställt inom tre månader."


@dataclass
class Row:
    """An insats in the overview: what it is, whose, and what it waits on since when."""

    insats: Insats
    words: InsatsWords
    whose: str
    wants: str = ""
    since: date | None = None
    urgent: bool = False

    @property
    def name(self) -> str:
        return self.insats.offer.name if self.insats.offer else str(self.insats.get_area_display())


@dataclass
class Overview:
    todo: list[Row] = field(default_factory=list)
    waiting: list[Row] = field(default_factory=list)
    going: list[Row] = field(default_factory=list)
    over: list[Row] = field(default_factory=list)

    @property
    def any(self) -> bool:
        return bool(self.todo or self.waiting or self.going or self.over)


@dataclass(frozen=True)
class Told:
    """A follow-up with its words."""

    row: InsatsFollowUp
    words: FollowUpWords


@dataclass(frozen=True)
class Known:
    """What can be chosen in a form about an insats, by the value that the form sends."""

    actors: dict[str, Actor]
    offers: dict[str, Offer]
    people: dict[str, User]
    children: dict[str, Child] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)


def get_insats(user: Any, number: str, pk: UUID, permission: Permission = Permission.CASE_READ) -> Insats:
    """An insats of a case that the user holds `permission` for. Raises NotFound, Forbidden."""
    case = policy.get_case(user, number, permission)
    insats = _rows().filter(case=case, pk=pk).first()
    if insats is None:
        raise policy.NotFound("Insatsen finns inte i ärendet.", [case.ref()])
    _look_at(case, [insats])
    return insats


def overview(case: Case) -> Overview:
    """The insatser of a case: what waits on us, what waits on somebody else, what runs, and what is over."""
    rows = list(_rows().filter(case=case))
    _look_at(case, rows)
    children = {row.child.pk: row.child for row in rows if row.child is not None}
    list(fields.open_all([*rows, *children.values()], "words"))
    found, today = Overview(), timezone.localdate()
    for insats in rows:
        whose = children[insats.child_id].words.open().alias if insats.child_id else "Personen"
        row = Row(insats, insats.words.open(), whose)
        _place(row, found, today)
    return found


def _place(row: Row, found: Overview, today: date) -> None:
    """Each in one part only: what waits on us comes before everything else."""
    insats = row.insats
    row.wants, row.since, row.urgent = _ours(insats, today)
    if insats.state in rules.OVER:
        row.wants, row.urgent = "", False
        found.over.append(row)
    elif row.wants:
        found.todo.append(row)
    elif insats.state in {State.ASKED, State.ORDERED}:
        row.since = insats.asked_on if insats.state == State.ASKED else insats.ordered_on
        found.waiting.append(row)
    else:
        row.since = insats.started_on
        found.going.append(row)


def _ours(insats: Insats, today: date) -> tuple[str, date | None, bool]:
    """(what we have to do, since when, whether it is late); "" when it waits on somebody else."""
    if insats.consent_gone_at is not None:
        return "Samtycket är återkallat: stoppa insatsen", timezone.localdate(insats.consent_gone_at), True
    for running in clock.clocks(insats):
        if running.met is None and running.late(today):
            return "Verkställ beslutet, tre månader har gått", running.start, True
        if running.soon(today):
            return f"Verkställ beslutet senast {iso(running.due)}", running.start, False
    if insats.state == State.NEED:
        return "Fråga en aktör, eller skaffa samtycke eller beslut", insats.noted_on, False
    if insats.state == State.GROUNDED:
        return "Beställ insatsen", insats.decided_on or insats.noted_on, False
    if insats.state in rules.BEGUN and insats.review_on is not None and insats.review_on < today:
        return f"Följ upp insatsen, det skulle ha gjorts {iso(insats.review_on)}", insats.review_on, True
    return "", None, False


def alias_of(insats: Insats) -> str:
    """Whose it is, as staff speak of a child."""
    return str(insats.child.words.open().alias) if insats.child is not None else "Personen"


def follow_ups(insats: Insats) -> list[Told]:
    rows = list(InsatsFollowUp.objects.filter(insats=insats).select_related("by"))
    return [Told(row, row.words.open()) for row in fields.open_all(rows, "words")]


def page(insats: Insats, user: User) -> dict[str, Any]:
    """Everything of the page of one insats, and what this user may do with it."""
    today, words = timezone.localdate(), insats.words.open()
    writes, winds_up = rules.can_note(user, insats.case), rules.can_wind_up(user, insats)
    moves = [(name, rules.MOVES[name]) for name in rules.possible(insats)]
    open_still = insats.state not in rules.OVER
    return {
        "insats": insats,
        "words": words,
        "whose": alias_of(insats),
        "follow_ups": follow_ups(insats),
        "moves": [(name, move) for name, move in moves if (winds_up if move.winds_up else writes)],
        "may_write": writes and open_still,
        "may_rest": writes and open_still and insats.ground != rules.Ground.DECISION,
        "may_decide": rules.can_decide(user, insats),
        "runs": writes and insats.state in rules.BEGUN,
        "broken_off": insats.paused_on is not None and insats.resumed_on is None and insats.ended_on is None,
        "clocks": [(row, row.late(today)) for row in clock.clocks(insats)],
    }


# --- what forms begin with and may choose -----------------------------------------------------------------------------


def known_for(case: Case, insats: Insats | None = None) -> Known:
    """The actors and insatser in use (and what an insats has already), who works in the case, and its children."""
    actors = Actor.objects.filter(_used(insats.actor_id if insats else None))
    offers = Offer.objects.filter(_used(insats.offer_id if insats else None)).select_related("actor")
    children = [] if insats else [child for child in children_of(case) if child.left_on is None]
    return Known(
        _by_pk(actors),
        _by_pk(sorted(offers, key=lambda offer: (offer.actor.name, offer.name))),
        _by_pk(_people(case)),
        _by_pk(children),
        {str(child.pk): child.words.open().alias for child in children},
    )


def consents_for(insats: Insats) -> dict[str, tuple[Consent, str]]:
    """The consents in force of the one whom the insats is for, by the value that a form sends, with their names."""
    return {str(row.pk): (row, label_of(row)) for row in in_force_for(insats.case, insats.child)}


def begin(insats: Insats) -> dict[str, Any]:
    """What the form for changes begins with."""
    words = insats.words.open()
    told = {name: getattr(words, name) for name in ("need", "who_does_what", "obstacles")}
    chosen = {name: str(getattr(insats, f"{name}_id") or "") for name in ("actor", "offer", "responsible")}
    plain = {name: getattr(insats, name) for name in ("area", "review_on", "obstacle", "version")}
    return {**told, **chosen, **plain}


def default_responsible(case: Case, user: User) -> str:
    """The contact person; without one, the user."""
    grant = _grants(case).filter(kind=AccessGrant.Kind.ASSIGNMENT).first()
    return str(grant.user_id if grant else user.pk)


def _people(case: Case) -> QuerySet[User]:
    """Who may be responsible: those with a door to the case, and those who lead its section."""
    leads = Q(role=Role.SEKTIONSCHEF, led_sections=case.section_id)
    works = Q(pk__in=_grants(case).values("user"))
    return User.objects.filter(leads | works, is_active=True).distinct()


def _grants(case: Case) -> QuerySet[AccessGrant]:
    return AccessGrant.objects.filter(policy.open_grants(), case=case)


def _used(pk: UUID | None) -> Q:
    return Q(active=True) | Q(pk=pk)


def _by_pk(rows: Iterable[Any]) -> dict[str, Any]:
    return {str(row.pk): row for row in rows}


# --- the header of a case ---------------------------------------------------------------------------------------------


def _to_warn_of() -> QuerySet[Insats]:
    rows = Insats.objects.exclude(state__in=rules.OVER)
    return rows.filter(Q(consent_gone_at__isnull=False) | Q(favourable=True))


def to_look_at() -> Exists:
    """Whether there is an insats with a decision, or one whose consent is gone."""
    return Exists(_to_warn_of().filter(case=OuterRef("pk")))


def alert(case: Case, any_there: bool) -> list[str]:
    """What the header of every page of the case says: an insats to stop, a decision not carried out."""
    if not any_there:
        return []
    found, today = list(_to_warn_of().filter(case=case).defer("words")), timezone.localdate()
    stop = [STOP] if any(row.consent_gone_at is not None for row in found) else []
    late = any(tick.met is None and tick.late(today) for row in found for tick in clock.clocks(row))
    return [*stop, LATE] if late else stop


def _rows() -> QuerySet[Insats]:
    return Insats.objects.select_related(
        "actor", "offer", "responsible", "decided_by", "child", "consent__guardian"
    ).defer("actor__words")


def _look_at(case: Case, rows: list[Insats]) -> None:
    """The page's read event says that a child's key belongs to this case."""
    for row in rows:
        row.case = case
        if row.child is not None:
            row.child.case = case
    if (now := visit.current()) is not None:
        now.owners.update({row.client_id.int: case.number for row in rows})


def to_follow_up(cases: list[UUID], last: date) -> Iterator[Reminder]:
    """The insatser that run and are to be followed up."""
    running = Insats.objects.filter(case__in=cases, state__in=rules.BEGUN, review_on__lte=last).order_by()
    for case, day in running.values_list("case", "review_on"):
        yield Reminder(case, day, "Följ upp en insats", "Insatser", "insatser")
