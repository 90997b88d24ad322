"""Questions about fidelity that pages ask."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from casework import policy, swedish
from casework.crypto import fields
from casework.drafts import store
from casework.drafts.models import Draft
from casework.policy import Permission
from casework.signin.models import Section, User
from contacts.fidelity import chart, measures, scale, schedule
from contacts.fidelity.models import FidelityItem, FidelityReview, FidelityScore, FidelityState

SHOWN = 12


@dataclass
class History:
    """A section's measurements: those that are done, oldest first, and the one that is going on."""

    section: Section
    done: list[FidelityReview] = field(default_factory=list)
    working: FidelityReview | None = None

    @property
    def latest(self) -> FidelityReview | None:
        return self.done[-1] if self.done else None

    @property
    def high(self) -> bool:
        return scale.is_high(self.latest.total if self.latest else None)

    @property
    def rows(self) -> list[tuple[FidelityReview, bool]]:
        """The measurements that are shown, newest first, and whether each is high."""
        return [(review, scale.is_high(review.total)) for review in reversed(self.done[-SHOWN:])]

    @property
    def trend(self) -> chart.Trend | None:
        return chart.draw([(review.to_day, review.total or 0) for review in self.done[-SHOWN:]])

    @property
    def next_due(self) -> date:
        return schedule.next_day([review.to_day for review in self.done], timezone.localdate())

    @property
    def reminder(self) -> str:
        """What there is to do, in a sentence."""
        if self.working:
            return "En mätning pågår. Sätt poängen och avsluta den."
        if not self.done:
            return "Sektionen har inte mätt sin programtrohet än. Den första mätningen är den ni jämför de andra med."
        if self.late:
            return f"Nästa mätning skulle ha gjorts senast {swedish.day(self.next_due)}. Gör den nu."
        return f"Nästa mätning görs senast {swedish.day(self.next_due)}."

    @property
    def late(self) -> bool:
        return bool(self.done) and self.next_due < timezone.localdate()


@dataclass(frozen=True)
class Reminder:
    """A measurement that is due, for the sektionschef's board."""

    section: Section
    due_on: date
    text: str
    url: str
    late: bool


@dataclass
class Line:
    """One item of a measurement as a page shows it."""

    number: int
    score: FidelityScore
    figures: str
    missing: str = ""
    help: str = ""
    grounds: str = ""
    form: Any = None
    slot: str = ""
    draft: Draft | None = None
    stale: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def anchors(self) -> list[tuple[int, str]]:
        return scale.anchors(self.score.item)

    @property
    def verified(self) -> bool:
        return scale.verified(self.score.item)


def led(user: User) -> QuerySet[Section]:
    """The sections in use that this sektionschef leads."""
    return Section.objects.filter(leaders=user, active=True)


def histories(sections: Iterable[Section]) -> list[History]:
    """The measurements of some sections, in one query."""
    found = {section.pk: History(section) for section in sections}
    for review in FidelityReview.objects.filter(section__in=found).order_by("to_day", "created_at"):
        history = found[review.section_id]
        if review.state == FidelityState.DONE:
            history.done.append(review)
        else:
            history.working = review
    return list(found.values())


def overview(user: User) -> list[History]:
    """Every section she leads, by name."""
    return histories(led(user))


def next_due(section: Section) -> date:
    """The day when the section is to have been measured next; today when it never has been."""
    return histories([section])[0].next_due


def due(user: User) -> list[Reminder]:
    """The measurements to be reminded of now: overdue, or due within METHOD["fidelity_reminder_days"]."""
    soon = timezone.localdate() + timedelta(days=settings.METHOD["fidelity_reminder_days"])
    return [
        Reminder(
            section=history.section,
            due_on=history.next_due,
            text=history.reminder,
            url=reverse("fidelity_review", args=[history.working.pk]) if history.working else reverse("fidelity"),
            late=history.late,
        )
        for history in overview(user)
        if history.next_due <= soon
    ]


def own(user: Any, pk: UUID) -> FidelityReview:
    """A measurement of a section she leads. Raises Forbidden for another role, NotFound for another's section."""
    policy.check_may(user, Permission.FIDELITY)
    review = FidelityReview.objects.select_related("section", "begun_by").filter(pk=pk, section__leaders=user).first()
    if review is None:
        hidden = FidelityReview.objects.filter(pk=pk).first()
        raise policy.NotFound("Mätningen hör inte till en sektion som du leder.", [hidden.ref()] if hidden else [])
    return review


def slot(review: FidelityReview, item: str) -> str:
    """Where the grounds of an item are kept while they are being written."""
    return f"fidelity:{review.pk.hex}:{item}"


def lines(review: FidelityReview, user: User) -> list[Line]:
    """The eleven items in their order, with figures, opened grounds, and what the reader has begun to write."""
    order = list(FidelityItem)
    scores = list(review.scores.select_related("scored_by"))
    fields.open_all([score for score in scores if score.scored_by_id], "words")
    scores.sort(key=lambda score: order.index(FidelityItem(score.item)))
    held = measures.mentorings(review.section, review.from_day, review.to_day)
    found = [_line(number, score, held) for number, score in enumerate(scores, start=1)]
    drafts = {draft.slot: draft for draft in store.drafts_of([user])}
    for line in found:
        line.slot = slot(review, line.score.item)
        line.draft = drafts.get(line.slot)
    return found


def _line(number: int, score: FidelityScore, held: int) -> Line:
    line = Line(number, score, "")
    if score.above is not None and score.below is not None:
        line.figures = scale.in_words(score.item, score.above, score.below)
    elif score.item in scale.NOTHING:
        line.missing = scale.NOTHING[FidelityItem(score.item)]
    line.help = scale.HELP.get(FidelityItem(score.item), "")
    if score.item == FidelityItem.MENTORING:
        line.help = f"{line.help} Under perioden: {held} {'fälthandledning' if held == 1 else 'fälthandledningar'}."
    if score.scored_by_id:
        line.grounds = score.words.open().grounds
    return line


@dataclass(frozen=True)
class Sum:
    """How far a measurement has come."""

    points: int
    scored: int
    missing: list[Line]

    @property
    def ready(self) -> bool:
        return not self.missing

    @property
    def high(self) -> bool:
        return self.ready and scale.is_high(self.points)


def sum_of(found: list[Line]) -> Sum:
    missing = [line for line in found if line.score.points is None]
    return Sum(scale.total(line.score.points for line in found), len(found) - len(missing), missing)
