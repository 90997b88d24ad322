"""What the pages show of stays. Where a shelter lies is opened for its own reveal alone (OSL 26:14 c)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from casework import policy
from casework.access import visit
from casework.cases.insatser.models import Actor
from casework.cases.models import Case
from casework.cases.reminders import Reminder
from casework.clients.children.models import Child
from casework.clients.children.readers import children_of
from casework.crypto import fields
from casework.signin.models import User
from housing.shelter import clocks, guardians, rules
from housing.shelter.clocks import Clock
from housing.shelter.guardians import Standing
from housing.shelter.models import ReviewWords, ShelterStay, StayReview
from housing.tracks.models import Track, Way

MISSING = "Vistelsen finns inte i ärendet."


@dataclass
class Row:
    """A stay as the pages tell of it: whose, its clocks, and what is wrong with its ground."""

    stay: ShelterStay
    whose: str
    clocks: list[Clock]
    warning: str = ""
    children: list["Row"] = field(default_factory=list)

    @property
    def over(self) -> bool:
        return self.stay.state in clocks.OVER


@dataclass(frozen=True)
class Due:
    """A clock of a stay in some case, for those who follow many. Never whose it is."""

    case: UUID
    stay: UUID
    clock: Clock


def stay_of(case: Case, pk: Any) -> ShelterStay:
    """A stay of this case, which was fetched through policy. Raises NotFound."""
    stay = _rows().filter(case=case, pk=pk).first()
    if stay is None:
        raise policy.NotFound(MISSING, [case.ref()])
    _look_at(case, [stay])
    return stay


def child_in(case: Case, pk: str) -> Child | None:
    """The child that the address names, with its name among staff; None when it names none. Raises NotFound."""
    if not pk:
        return None
    found = next((child for child in children_of(case) if str(child.pk) == pk), None)
    if found is None:
        raise policy.NotFound("Barnet finns inte i ärendet.", [case.ref()])
    found.case = case
    return found


def her_stay(case: Case) -> ShelterStay | None:
    """The adult's stay that goes on; there is one at most."""
    rows = ShelterStay.objects.filter(case=case, child=None)
    return rows.exclude(state__in=clocks.OVER).first()


def overview(case: Case) -> list[Row]:
    """The stays of a case, those that go on first; beneath the adult's those of the children who went along."""
    stays = list(_rows().filter(case=case))
    _look_at(case, stays)
    rows = {row.stay.pk: row for row in _drawn(stays)}
    for row in rows.values():
        if row.stay.adult_stay_id is not None:
            rows[row.stay.adult_stay_id].children.append(row)
    return sorted((row for row in rows.values() if row.stay.child_id is None), key=lambda row: row.over)


def without_stay(case: Case, rows: list[Row]) -> list[Child]:
    """The children of the household who are in no stay, for which a decision may be needed."""
    going = {one.stay.child_id for row in rows for one in row.children if not one.over}
    return [child for child in children_of(case) if child.left_on is None and child.pk not in going]


def page(stay: ShelterStay, user: User) -> dict[str, Any]:
    """Everything of the page of one stay but its place, and what this user may do with it."""
    row, today = _drawn([stay])[0], timezone.localdate()
    reviews = list(StayReview.objects.filter(stay=stay).select_related("by"))
    writes, winds_up = rules.can_write(user, stay), rules.can_wind_up(user, stay)
    moves = [(name, rules.MOVES[name]) for name in rules.possible(stay, today)]
    return {
        "stay": stay,
        "row": row,
        "words": stay.words.open(),
        "reviews": [(review, _said(review)) for review in fields.open_all(reviews, "words")],
        "standings": standings_of(stay.child),
        "needs_no_consent": row.over or stay.ground != rules.Ground.ALL_CONSENT,
        "moves": [(name, move) for name, move in moves if (winds_up if move.winds_up else writes)],
        "may_write": writes,
        "may_consider": writes and stay.state == rules.State.STAYING,
        "may_place": rules.can_place(user, stay),
    }


def _said(review: StayReview) -> ReviewWords:
    return review.words.open()


def standings_of(child: Child | None) -> list[Standing]:
    """How each guardian of a child stands to a stay today; none for the adult herself."""
    return guardians.standings([child.pk], timezone.localdate())[child.pk] if child is not None else []


def place_of(stay: ShelterStay) -> list[tuple[str, str]]:
    """Where it is: kept with the adult's stay. For the reveal only."""
    place = (stay.adult_stay or stay).place.open()
    return [("Enhet", place.unit), ("Adress", place.address), ("Hitta dit", place.note)]


# --- what forms may choose --------------------------------------------------------------------------------------------


def choices_for(case: Case, child: Child | None) -> dict[str, Any]:
    """What the form of a decision chooses among: the actors in use, and the tracks to a shelter that wait for one."""
    tracks = Track.objects.filter(case=case, kind__way=Way.SHELTER, state__in=rules.BEFORE_OFFER)
    return {
        "providers": list(Actor.objects.filter(active=True).defer("words")),
        "tracks": list(tracks.select_related("kind").defer("words")),
        "child": child,
    }


# --- for those who follow many cases ----------------------------------------------------------------------------------


def clocks_of(cases: Iterable[Case], last: date) -> list[Due]:
    """What is to be done by `last` or is late in the stays of these cases, in the order of the days. Opens the numbers
    of children with a stay, to know who turns 18; asks the same number of questions for one case as for a hundred.
    """
    known = {case.pk: case for case in cases}
    stays = list(_going(list(known)).select_related("child__client"))
    for stay in stays:
        _look_at(known[stay.case_id], [stay])
    numbers, today = _numbers(stays), timezone.localdate()
    found = [
        Due(stay.case_id, stay.pk, clock)
        for stay in stays
        for clock in clocks.of(stay, today, numbers.get(stay.pk, ""))
        if clock.met is None and clock.due <= last
    ]
    return sorted(found, key=lambda due: due.clock.due)


def to_watch(cases: list[UUID], last: date) -> Iterator[Reminder]:
    """The days of the stays, in one query. It opens no seal, so a birthday is told of on the pages only."""
    today = timezone.localdate()
    for stay in _going(cases):
        for day in {clock.due for clock in clocks.of(stay, today) if clock.met is None and clock.due <= last}:
            yield Reminder(stay.case_id, day, "Boende: bevaka en frist", "Skyddat boende", "stays")


def _going(cases: list[UUID]) -> QuerySet[ShelterStay]:
    rows = ShelterStay.objects.filter(case__in=cases).exclude(state__in=clocks.OVER)
    return rows.defer("words", "place").order_by()


# --- parts ------------------------------------------------------------------------------------------------------------


def _rows() -> QuerySet[ShelterStay]:
    rows = ShelterStay.objects.select_related("child__client", "provider", "decided_by", "adult_stay", "track__kind")
    return rows.defer("provider__words", "track__words")


def _drawn(stays: list[ShelterStay]) -> list[Row]:
    children = [stay.child for stay in stays if stay.child is not None]
    list(fields.open_all(children, "words"))
    numbers, today = _numbers(stays), timezone.localdate()
    resting = [stay for stay in stays if stay.ground == rules.Ground.ALL_CONSENT and stay.state not in clocks.OVER]
    standings = guardians.standings([stay.child_id for stay in resting if stay.child_id], today) if resting else {}
    gone = {stay.pk for stay in resting if not guardians.all_consent(standings.get(stay.child_id, []))}  # type: ignore[arg-type]
    return [_row(stay, numbers.get(stay.pk, ""), today, stay.pk in gone) for stay in stays]


def _row(stay: ShelterStay, number: str, today: date, gone: bool) -> Row:
    whose = str(stay.child.words.open().alias) if stay.child is not None else "Personen"
    warning = ""
    if clocks.lapsed_on(stay, today) is not None:
        warning = "En tid i lagen har gått ut och beslutet gäller inte längre. Anteckna det och fatta ett nytt beslut."
    elif gone:
        warning = (
            "En vårdnadshavares samtycke gäller inte längre. Fatta ett nytt beslut med en annan grund, "
            "eller avsluta vistelsen."
        )
    return Row(stay, whose, clocks.of(stay, today, number), warning)


def _numbers(stays: list[ShelterStay]) -> dict[UUID, str]:
    """By stay that goes on: the child's number, with the keys in one query."""
    going = [stay for stay in stays if stay.child is not None and stay.state not in clocks.OVER]
    list(fields.open_all([stay.child.client for stay in going if stay.child is not None], "identity"))
    return {stay.pk: stay.child.client.identity.open().number for stay in going if stay.child is not None}


def _look_at(case: Case, stays: list[ShelterStay]) -> None:
    """The page's read event says that a child's key belongs to this case."""
    for stay in stays:
        stay.case = case
        if stay.child is not None:
            stay.child.case = case
    if (now := visit.current()) is not None:
        now.owners.update({stay.client_id.int: case.number for stay in stays})
