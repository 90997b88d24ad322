from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from casework.cases import tabs
from casework.cases.models import Case
from casework.cases.timeline import registry
from casework.cases.timeline.registry import Entry, Key, Moment, Source
from casework.clients.children.models import ChildTalk
from casework.crypto import fields
from casework.drafts import slots
from casework.policy import Permission


def connect() -> None:
    slots.register("childtalk", Permission.FILE_WRITE)
    slots.register("concern", Permission.FILE_WRITE)
    tabs.register(tabs.Tab("Barn", "children", Permission.CASE_READ, 50, "Barn och personer"))
    registry.register(Source("children", "Samtal med barn", "user", _moments, _show, 70))


def _moments(case: Case, since: datetime | None) -> Iterable[Moment]:
    rows = ChildTalk.objects.filter(case=case)
    if since:
        rows = rows.filter(talked_on__gte=timezone.localdate(since))
    for pk, day in rows.order_by().values_list("pk", "talked_on"):
        yield registry.start_of(day), pk


def _show(keys: list[Key]) -> dict[Key, Entry]:
    """By the given alias only: what the child said stands on her own page."""
    rows = list(ChildTalk.objects.filter(pk__in=keys).select_related("case", "child", "by").defer("case__narrative"))
    list(fields.open_all([talk.child for talk in rows], "words"))
    return {talk.pk: _entry(talk) for talk in rows}


def _entry(talk: ChildTalk) -> Entry:
    alias = talk.child.words.open().alias
    title = f"Samtal med {alias}" if talk.held else f"Samtal med {alias} blev inte av"
    url = reverse("child", args=[talk.case.number, talk.child_id])
    return Entry(title, who=talk.by.display_name, url=url, timed=False)
