from typing import Any

from django.utils import timezone

from contacts.fidelity import actions
from contacts.fidelity.models import FidelityReview, FidelityScore, ScoreWords

# Own: one that goes on, with every item judged. Foreign and closed: one that is finished.
TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out
fidelity                 GET  x       x      x     x         +     +      x     x       x       x    x     <
fidelity_new             GET  x       x      x     x         +     +      x     x       x       x    x     <
                         POST x       x      x     x         +     >      x     x       x       x    x     <
fidelity_review          GET  xxxx    xxxx   xxxx  xxxx      +-+-  -+--   xxxx  xxxx    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      >-+-  -+--   xxxx  xxxx    xxxx    xxxx xxxx  <<<<
fidelity_finish          GET  xxxx    xxxx   xxxx  xxxx      +-+-  -+--   xxxx  xxxx    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      >-+-  -+--   xxxx  xxxx    xxxx    xxxx xxxx  <<<<
"""


def _begin(world: Any, record: str) -> dict[str, Any]:
    day = str(timezone.localdate())
    return {"section": str(world.sections["foreign"].pk), "from_day": day, "to_day": day}


def _score(world: Any, record: str) -> dict[str, Any]:
    version = 1
    if record in world.records:
        review = world.records[record].more["fidelity"]
        version = FidelityScore.objects.values_list("version", flat=True).get(review=review, item="hope")
    return {"item": "hope", "points": "3", "grounds": "Vi har suttit med.", "version": version}


def _arguments(found: Any, use: str) -> list[Any]:
    from tests.world import NOBODY

    return [found.more["fidelity"].pk if found else NOBODY]


FORMS: dict[str, Any] = {"fidelity_new": _begin, "fidelity_review": _score}
ARGUMENTS: dict[str, Any] = {"fidelity_review": _arguments, "fidelity_finish": _arguments}
TEXTS = {"grounds"}
LAST: tuple[str, ...] = ("fidelity_finish",)


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    section = chief.led_sections.get()
    done = FidelityReview.objects.filter(section=section, state="done").first()
    if done is None:
        done = actions.finish_review(by=chief, review=_judged(section, chief))
    going_on = FidelityReview.objects.filter(state="working").exists()
    return {"fidelity": done if going_on else _judged(section, chief)}


def _judged(section: Any, chief: Any) -> FidelityReview:
    day = timezone.localdate()
    review = actions.begin_review(by=chief, section=section, from_day=day, to_day=day)
    for score in review.scores.filter(points__isnull=True):
        actions.score(by=chief, review=review, item=score.item, points=4, grounds="Vi har sett det.")
    return review


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    from tests.canary_people import filled

    day = timezone.localdate()
    review = FidelityReview(
        section_id=person.case.section_id, from_day=day, to_day=day, begun_by=user, state="done",
        done_at=timezone.now(), total=45,
    )  # fmt: skip
    words = filled(ScoreWords, known)
    return [review, FidelityScore(review=review, item="hope", points=4, scored_by=user, words=words)]
