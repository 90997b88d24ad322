"""Measuring how closely a section works after the model: beginning, judging, finishing."""

from datetime import date

from django.db import IntegrityError, transaction

from audit import trail
from audit.tags import Tag
from casework.cases.rules import Refused
from casework.signin.models import Section, User
from contacts.fidelity import rules, scale
from contacts.fidelity.measures import MEASURES
from contacts.fidelity.models import FidelityItem, FidelityReview, FidelityScore, ScoreWords


def begin_review(*, by: User, section: Section, from_day: date, to_day: date) -> FidelityReview:
    """A sektionschef begins a measurement of her section; what can be computed is computed now and kept.

    Raises Forbidden (another's section), Refused (a period that is none, a measurement is going on).
    """
    rules.check_can_begin(by, section)
    rules.check_period(from_day, to_day)
    with trail.act(Tag.FIDELITY_BEGUN, by=by, refs=[section.ref()]) as event:
        review = FidelityReview(section=section, from_day=from_day, to_day=to_day, begun_by=by)
        try:
            with transaction.atomic():
                review.save()
        except IntegrityError:
            raise Refused("Det pågår redan en mätning av sektionen. Avsluta den först.") from None
        event.touch(review.ref())
        for item in FidelityItem:
            _first(review, item).save()
        return review


def score(
    *, by: User, review: FidelityReview, item: str, points: int, grounds: str, version: int | None = None
) -> FidelityScore:
    """Points for an item that is judged, with grounds; also for one that could not be computed.

    `version` is that of the score the form was filled from. Raises Forbidden, Refused (no such item, a computed one,
    points out of range, no grounds, finished), StaleEdit when somebody else has judged it since.
    """
    rules.check_can_score(by, review)
    if points not in scale.POINTS:
        raise Refused("Välj mellan 1 och 5 poäng.")
    if not grounds.strip():
        raise Refused("Skriv grunderna för poängen.")
    with trail.act(Tag.FIDELITY_SCORED, by=by, refs=[review.ref()], reason_code=item):
        rules.check_can_score(by, _locked(review))
        row = FidelityScore.objects.select_for_update().filter(review=review, item=item).first()
        if row is None:
            raise Refused("Det finns ingen sådan punkt.")
        if row.computed:
            raise Refused("Punkten är uträknad. Den kan inte få andra poäng.")
        row.check_version(row.version if version is None else version)
        row.points, row.scored_by, row.words = points, by, ScoreWords(grounds=grounds.strip())
        row.save()
        return row


def finish_review(*, by: User, review: FidelityReview) -> FidelityReview:
    """Adds up the eleven items. The measurement and its scores are closed for good.

    Raises Forbidden, Refused (an item without points, already finished).
    """
    rules.check_can_finish(by, review)
    with trail.act(Tag.FIDELITY_DONE, by=by, refs=[review.ref(), review.section.ref()]):
        fresh = _locked(review)
        rules.check_can_finish(by, fresh)
        fresh.finish(total=scale.total(fresh.scores.values_list("points", flat=True)))
        fresh.save()
        return fresh


def _first(review: FidelityReview, item: FidelityItem) -> FidelityScore:
    """The score of an item as the review begins: computed, or still to be judged."""
    row = FidelityScore(review=review, item=item, words=ScoreWords())
    measure = MEASURES.get(item)
    if measure is not None:
        figure = measure(review.section, review.from_day, review.to_day)
        if figure.value is not None:
            row.computed, row.points = True, scale.points_of(item, figure.value)
            row.above, row.below = figure.above, figure.below
    return row


def _locked(review: FidelityReview) -> FidelityReview:
    return FidelityReview.objects.select_for_update().get(pk=review.pk)
