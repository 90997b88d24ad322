"""What a strengths assessment holds, in any of its numbers."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from casework import policy
from casework.cases.models import Case
from casework.cases.rules import is_open
from casework.crypto import fields
from casework.drafts import store
from casework.policy import Permission
from casework.signin.models import User
from contacts.strengths.models import (
    AssessmentWords,
    Column,
    StrengthsAssessment,
    StrengthStatement,
)
from contacts.strengths.rules import is_ready
from contacts.strengths.talks import TALKS, Talk, before_and_after

FIRST_WISHES = 3
SLOT = "assess"


@dataclass(frozen=True)
class Domain:
    """A life domain and what stands in its columns. Each statement has its text as `said`."""

    talk: Talk
    columns: dict[str, list[StrengthStatement]]

    @property
    def code(self) -> str:
        return self.talk.code

    @property
    def label(self) -> str:
        return self.talk.label

    @property
    def count(self) -> int:
        return sum(len(statements) for statements in self.columns.values())

    @property
    def boxes(self) -> list[tuple[Column, list[StrengthStatement]]]:
        return [(column, self.columns[column]) for column in Column]


@dataclass(frozen=True)
class Sheet:
    """What one number holds. `ranked`: the wishes that the person has put in order; `unranked`: her other wishes.

    `gone`: what left in this number, with why as `gone_why` and what was put in its place as `became`.
    """

    assessment: StrengthsAssessment | None
    domains: list[Domain]
    ranked: list[StrengthStatement]
    unranked: list[StrengthStatement]
    gone: list[StrengthStatement] = field(default_factory=list)
    words: AssessmentWords = field(default_factory=AssessmentWords)

    @property
    def remark(self) -> str:
        return self.words.remark

    @property
    def statements(self) -> Iterator[StrengthStatement]:
        return (each for domain in self.domains for _, column in domain.boxes for each in column)

    @property
    def count(self) -> int:
        return sum(domain.count for domain in self.domains)

    @property
    def locating(self) -> int:
        """How many statements may tell where she is."""
        return sum(each.may_locate for each in self.statements)

    @property
    def wishes(self) -> list[StrengthStatement]:
        return [*self.ranked, *self.unranked]

    def without_places(self) -> "Sheet":
        """The same without what may tell where she is."""
        return _sheet(self.assessment, [each for each in self.statements if not each.may_locate], self.words)


def numbers(case: Case) -> list[StrengthsAssessment]:
    """The numbers of a case, the newest first. Opens nothing."""
    listed = list(StrengthsAssessment.objects.filter(case=case).select_related("opened_by", "signed_by"))
    for each in listed:
        each.case = case
    return listed


def number_of(case: Case, which: int) -> StrengthsAssessment:
    """One number of a case. Raises NotFound."""
    found = next((each for each in numbers(case) if each.number == which), None)
    if found is None:
        raise policy.NotFound("Det numret av styrkebedömningen finns inte.", [case.ref()])
    return found


def sheet(case: Case, number: int | None = None) -> Sheet:
    """What a number holds, every text opened; the newest when none is named. An empty sheet when there is none.

    At most four queries: the numbers, the statements, and their keys.
    """
    listed = numbers(case)
    wanted = listed[0].number if listed and number is None else number
    return sheet_of(next((each for each in listed if each.number == wanted), None))


def sheet_of(chosen: StrengthsAssessment | None) -> Sheet:
    """The same for a number that is fetched already."""
    if chosen is None:
        return _sheet(None, [], AssessmentWords())
    at = chosen.number
    statements = opened(held(chosen.case, at, Q(gone_in__isnull=True) | Q(gone_in__number__gte=at)))
    living = [each for each in statements if each.gone_in is None or each.gone_in.number > at]
    gone = [each for each in statements if each.gone_in is not None and each.gone_in.number == at]
    for old in gone:
        old.became = [each for each in statements if each.replaces_id == old.pk]  # type: ignore[attr-defined]
    return _sheet(chosen, living, chosen.words.open(), gone)


def held(case: Case, up_to: int, more: Q) -> QuerySet[StrengthStatement]:
    """What was said up to a number, narrowed by `more`. Opens nothing."""
    rows = StrengthStatement.objects.filter(more, case=case, assessment__number__lte=up_to)
    return rows.select_related("author", "assessment", "gone_in")


def counts(case: Case) -> Counter[str]:
    """How many statements each domain has now. Opens nothing."""
    return Counter(_living(case).order_by().values_list("domain", flat=True))


def talk_page(case: Case, talk: Talk) -> dict[str, Any]:
    """What the page of one domain shows around its form."""
    found = opened(_living(case).filter(domain=talk.code).select_related("author"))
    how_many = counts(case)
    before, after = before_and_after(talk)
    return {
        "talk": talk,
        "dots": [(each, how_many[each.code], each == talk) for each in TALKS],
        "at": TALKS.index(talk) + 1,
        "there": {column: [each for each in found if each.column == column] for column in Column},
        "before": before,
        "after": after,
        "open": is_open(case),
    }


def drafted(user: User, case: Case) -> list[Talk]:
    """The domains in which this user has typed something that is not saved. Opens nothing."""
    found = {slot.rpartition(":")[2] for slot in store.slots_of(user, f"{SLOT}:{case.number}:")}
    return [talk for talk in TALKS if talk.code in found]


def sign_page(case: Case, found: Sheet) -> dict[str, Any]:
    """What is signed: the whole sheet, and how much of it is new since the last signing."""
    at = found.assessment.number if found.assessment else 0
    return {
        "sheet": found,
        "columns": Column.choices,
        "new": sum(each.assessment.number == at for each in found.statements),
        "ready": is_ready(case),
        "unranked": len(found.unranked),
    }


def statement_to_change(user: Any, pk: UUID) -> StrengthStatement:
    """A statement in a case this user may write in, with its text. Raises NotFound, Forbidden as policy.get_case."""
    found = StrengthStatement.objects.select_related("case", "author", "gone_in").filter(pk=pk).first()
    if found is None:
        raise policy.NotFound("Uttalandet finns inte.")
    found.case = policy.get_case(user, found.case.number, Permission.METHOD_WRITE)
    return opened([found])[0]


def in_order(wishes: list[StrengthStatement], order: list[str]) -> list[StrengthStatement]:
    """The wishes as the person has ranked them, those without a place last."""
    places = {pk: at for at, pk in enumerate(order)}
    return sorted(wishes, key=lambda wish: places.get(str(wish.pk), len(places)))


def opened(statements: Any) -> list[StrengthStatement]:
    """The statements with their texts: `said`, and `gone_why` for one that has left."""
    found = list(fields.open_all(statements, "words"))
    for each in found:
        words = each.words.open()
        each.said, each.gone_why = words.text, words.gone_why
    return found


def _living(case: Case) -> QuerySet[StrengthStatement]:
    return StrengthStatement.objects.filter(case=case, gone_in__isnull=True)


def _sheet(
    chosen: StrengthsAssessment | None,
    living: list[StrengthStatement],
    words: AssessmentWords,
    gone: list[StrengthStatement] | None = None,
) -> Sheet:
    by_place: dict[tuple[str, str], list[StrengthStatement]] = {}
    for each in living:
        by_place.setdefault((each.domain, each.column), []).append(each)
    domains = [Domain(talk, {column: by_place.get((talk.code, column), []) for column in Column}) for talk in TALKS]
    order = words.ranking or []
    wishes = in_order([each for each in living if each.column == Column.WISH], order)
    ranked = [wish for wish in wishes if str(wish.pk) in order]
    return Sheet(chosen, domains, ranked, wishes[len(ranked) :], gone or [], words)
