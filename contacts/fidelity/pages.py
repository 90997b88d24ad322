"""The page of a measurement: eleven items, and a form at each that is judged."""

from typing import Any

from django.http import QueryDict

from casework.acting import compare, restored
from casework.drafts import store
from contacts.fidelity import readers, scale
from contacts.fidelity.forms import ScoreForm
from contacts.fidelity.models import FidelityItem, FidelityReview
from contacts.fidelity.readers import Line


class ReviewPage:
    """The posted form stands at the item it names; one that has no place there is told of at the top."""

    def __init__(self, review: FidelityReview, lines: list[Line], post: QueryDict | None) -> None:
        self.review, self.lines = review, lines
        item = post.get("item", "") if post else ""
        self.form = form_of(item, post)
        working = review.state == FidelityReview.State.WORKING
        judged = [line for line in lines if working and not line.score.computed]
        self.line = next((line for line in judged if line.score.item == item), None)
        for line in judged:
            line.form = self.form if line is self.line else begun(line)

    def met_a_newer(self) -> None:
        """Somebody else has judged the item since: both are shown, and the form takes the newer version."""
        if self.line is not None:
            self.line.stale = compare(self.form, known(self.line))

    def context(self) -> dict[str, Any]:
        return {
            "review": self.review,
            "lines": self.lines,
            "sum": readers.sum_of(self.lines),
            "high": scale.HIGH,
            "highest": scale.HIGHEST,
            "stray": self.form if self.form.is_bound and self.line is None else None,
        }


def form_of(item: str, post: QueryDict | None = None, **more: Any) -> ScoreForm:
    """A form whose fields have ids of their own on the page."""
    return ScoreForm(post, auto_id=ids_of(item), **more)


def ids_of(item: str) -> str:
    return f"id_{item}_%s" if item in FidelityItem.values else "id_%s"


def begun(line: Line) -> Any:
    """The form of an item as it was typed and kept as a draft; else with what is saved."""
    kept = store.fields_of(line.draft)
    if kept is not None:
        return restored(ScoreForm, kept, auto_id=ids_of(line.score.item))
    return form_of(line.score.item, initial=known(line))


def known(line: Line) -> dict[str, Any]:
    """What is saved of an item, as its form has it."""
    score = line.score
    return {"item": score.item, "points": score.points, "grounds": line.grounds, "version": score.version}
