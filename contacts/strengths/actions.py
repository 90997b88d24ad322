"""What is done with a strengths assessment. Nothing that was said is ever overwritten: the acts add, and let leave."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.rules import Refused, check_open
from casework.records import StaleEdit
from casework.signin.models import User
from contacts.strengths import rules
from contacts.strengths.models import (
    AssessmentState,
    AssessmentWords,
    Column,
    SaidBy,
    StatementWords,
    StrengthsAssessment,
    StrengthStatement,
)


@dataclass(frozen=True)
class Saying:
    """One thing that was said, for one column. `may_locate`: it can tell where she is."""

    column: str
    text: str
    said_by: str = SaidBy.PERSON
    may_locate: bool = False


def state(*, by: User, case: Case, domain: str, sayings: list[Saying], said_on: date) -> list[StrengthStatement]:
    """Adds what was said in one domain to the working number, which opens by itself. Empty sayings are left out.

    Raises Forbidden, Refused (nothing said, a day to come, closed case). Source: Rapp & Goscha (2011).
    """
    rules.check_can_write(by, case)
    said = [saying for saying in sayings if saying.text.strip()]
    if not said:
        raise Refused("Skriv något i minst en av rutorna.")
    _check_day(said_on)
    with trail.act(Tag.ASSESSMENT_STATED, by=by, refs=[case.ref()]):
        working = _working(by, case)
        made = [_made(by, working, domain, saying, said_on) for saying in said]
        _saved(working)
        return made


def reword(
    *, by: User, statement: StrengthStatement, text: str, said_by: str, said_on: date, may_locate: bool
) -> StrengthStatement:
    """Puts a new statement in the place of one that now is worded otherwise; the old one stays readable.

    When somebody else has reworded it meanwhile both wordings stay, so that none is lost.
    Raises Forbidden, Refused (empty, unchanged, a day to come, closed case).
    """
    rules.check_can_write(by, statement.case)
    if not text.strip():
        raise Refused("Skriv hur det låter nu. Stämmer det inte längre: gå tillbaka och välj det i stället.")
    if (text.strip(), may_locate) == (statement.words.open().text, statement.may_locate):
        raise Refused("Du har inte ändrat något. Skriv hur det låter nu, eller avbryt.")
    _check_day(said_on)
    with trail.act(Tag.ASSESSMENT_REWORDED, by=by, refs=[statement.case.ref()]):
        working = _working(by, statement.case)
        old = StrengthStatement.objects.select_for_update().get(pk=statement.pk)
        saying = Saying(old.column, text, said_by, may_locate)
        new = _made(by, working, old.domain, saying, said_on, replaces=old)
        if old.gone_in_id is None:
            _leave(old, working)
            _take_place(working, old, new)
        _saved(working)
        return new


def take_out(*, by: User, statement: StrengthStatement, why: str) -> StrengthStatement:
    """Lets a statement that no longer holds leave from the working number on. Raises Forbidden, Refused."""
    rules.check_can_write(by, statement.case)
    with trail.act(Tag.ASSESSMENT_TAKEN_OUT, by=by, refs=[statement.case.ref()]):
        working = _working(by, statement.case)
        old = StrengthStatement.objects.select_for_update().get(pk=statement.pk)
        if old.gone_in_id is not None:
            raise Refused("Någon annan har redan tagit bort eller formulerat om det.")
        _leave(old, working, why)
        _saved(working)
        return old


def rank(*, by: User, case: Case, ranking: list[str], version: int | None = None) -> StrengthsAssessment:
    """Keeps the person's order of her wishes (ids of statements, the most important first) in the working number.

    `version` is that of the newest number when the order was shown (0: there was none).
    Raises Forbidden, Refused (no wishes, closed case), StaleEdit when something has changed since.
    """
    rules.check_can_write(by, case)
    with trail.act(Tag.ASSESSMENT_RANKED, by=by, refs=[case.ref()]):
        working = _working(by, case, version)
        living = StrengthStatement.objects.filter(case=case, column=Column.WISH, gone_in__isnull=True)
        wishes = {str(pk) for pk in living.values_list("pk", flat=True)}
        if not wishes:
            raise Refused("Det finns inga önskningar att ordna än. Skriv dem först.")
        kept = [pk for pk in dict.fromkeys(ranking) if pk in wishes]
        working.words = replace(working.words.open(), ranking=kept)
        _saved(working)
        return working


def sign(
    *,
    by: User,
    case: Case,
    remark: str,
    approved_way: str = "",
    approved_on: date | None = None,
    version: int | None = None,
) -> StrengthsAssessment:
    """Signs the working number; what is written afterwards goes into the next. The person's standpoint now or later.

    Raises Forbidden, Refused (nothing written since the last signing, half a standpoint, a day to come, closed case),
    StaleEdit when something has been written since `version`.
    """
    rules.check_can_write(by, case)
    _check_standpoint(approved_way, approved_on)
    with trail.act(Tag.ASSESSMENT_SIGNED, by=by, refs=[case.ref()], reason_code=approved_way):
        check_open(Case.objects.select_for_update().get(pk=case.pk))
        rules.check_ready(case)
        working = _working(by, case, version)
        working.sign(by=by)
        working.words = replace(working.words.open(), remark=remark)
        working.approved_way, working.approved_on = approved_way, approved_on
        _saved(working)
        return working


def note_approval(
    *, by: User, assessment: StrengthsAssessment, approved_way: str, approved_on: date
) -> StrengthsAssessment:
    """Notes what the person says of a signed number, and how she said it. Raises Forbidden, Refused."""
    rules.check_can_note_approval(by, assessment)
    _check_standpoint(approved_way, approved_on)
    with trail.act(Tag.ASSESSMENT_APPROVED, by=by, refs=[assessment.case.ref()], reason_code=approved_way):
        case = Case.objects.select_for_update().get(pk=assessment.case_id)
        fresh = StrengthsAssessment.objects.select_for_update().get(pk=assessment.pk)
        fresh.case = case
        rules.check_can_note_approval(by, fresh)
        fresh.approved_way, fresh.approved_on = approved_way, approved_on
        _saved(fresh)
        return fresh


def _working(by: User, case: Case, version: int | None = None) -> StrengthsAssessment:
    """The number that is written in now, or the next one. Locks the case, so that there is one and no more."""
    fresh = Case.objects.select_for_update().get(pk=case.pk)
    check_open(fresh)
    last = StrengthsAssessment.objects.select_for_update().filter(case=fresh).first()
    if version is not None and version != (last.version if last else 0):
        raise StaleEdit
    if last is not None and last.state == AssessmentState.WORKING:
        last.case = fresh
        return last
    made = StrengthsAssessment(
        case=fresh,
        client_id=fresh.client_id,
        number=last.number + 1 if last else 1,
        opened_by=by,
        words=AssessmentWords(ranking=last.words.open().ranking if last else None),
    )
    made.save()
    return made


def _saved(assessment: StrengthsAssessment) -> None:
    """Counts the number up: whoever looks at what it held before is told that it has changed."""
    assessment.version += 1
    assessment.save()


def _made(
    by: User,
    working: StrengthsAssessment,
    domain: str,
    saying: Saying,
    said_on: date,
    replaces: StrengthStatement | None = None,
) -> StrengthStatement:
    statement = StrengthStatement(
        case=working.case,
        client_id=working.client_id,
        assessment=working,
        replaces=replaces,
        domain=domain,
        column=saying.column,
        said_by=saying.said_by,
        said_on=said_on,
        may_locate=saying.may_locate,
        author=by,
        words=StatementWords(text=saying.text.strip()),
    )
    statement.save()
    return statement


def _leave(statement: StrengthStatement, working: StrengthsAssessment, why: str = "") -> None:
    statement.gone_in = working
    statement.version += 1
    if why:
        statement.words = replace(statement.words.open(), gone_why=why)
    statement.save()


def _take_place(working: StrengthsAssessment, old: StrengthStatement, new: StrengthStatement) -> None:
    """A wish that is worded anew keeps its place in the person's order."""
    words = working.words.open()
    if str(old.pk) in (words.ranking or []):
        ranking = [str(new.pk) if pk == str(old.pk) else pk for pk in words.ranking or []]
        working.words = replace(words, ranking=ranking)


def _check_day(day: date) -> None:
    if day > timezone.localdate():
        raise Refused("Dagen ligger framåt. Skriv när det sades.")


def _check_standpoint(way: str, day: date | None) -> None:
    if bool(way) != (day is not None):
        raise Refused("Skriv både hur och vilken dag hon tog ställning, eller låt båda vara tomma.")
    if day is not None:
        _check_day(day)
