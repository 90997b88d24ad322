"""Bringing a case to the group: who, when, and that the sheet tells nothing of who she is."""

import pytest
from django.db import IntegrityError, transaction

from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.policy import Forbidden
from casework.records import StaleEdit
from contacts.supervision import actions, rules
from contacts.supervision.models import Idea, Presentation, SheetWords
from tests.cast import Cast
from tests.contacts.supervision.group import WORDS, bring, close, finish, idea, make_group
from tests.fixtures import cases_of, events, last_event


def test_a_case_is_brought_as_a_sheet(cast: Cast, case: Case) -> None:
    group = make_group(cast.cecilia, cast.alma, state="planned")
    sheet = bring(cast.alma, group, case)
    assert Presentation.objects.get().sheet.open() == WORDS
    assert (sheet.presenter, sheet.client_id, str(sheet)) == (cast.alma, case.client_id, str(sheet.pk))
    assert cases_of(last_event(Tag.CASE_PRESENTED)) == {case.number}


def test_who_may_not_bring_it(cast: Cast, case: Case) -> None:
    group = make_group(cast.cecilia, cast.bo)
    for user in (cast.bo, cast.alma, cast.cecilia, cast.eva):
        assert not rules.can_present(user, group, case)
        with pytest.raises(Forbidden):
            bring(user, group, case)
    assert rules.can_present(cast.alma, make_group(cast.cecilia, cast.alma), case)
    assert not Presentation.objects.exists()


@pytest.mark.parametrize(("state", "label"), [("held", "Genomförd"), ("cancelled", "Inställd")])
def test_not_when_the_session_is_over(cast: Cast, case: Case, state: str, label: str) -> None:
    group = make_group(cast.cecilia, cast.alma, state=state)
    with pytest.raises(Refused, match=label):
        bring(cast.alma, group, case)


def test_not_a_closed_case_and_not_twice_and_not_without_a_question(cast: Cast, case: Case) -> None:
    group = make_group(cast.cecilia, cast.alma, state="planned")
    with pytest.raises(Refused, match="vad du vill ha hjälp med"):
        bring(cast.alma, group, case, help_wanted=" ")
    sheet = bring(cast.alma, group, case)
    with pytest.raises(Refused, match="redan med"):
        bring(cast.alma, group, case)
    stale = Case.objects.get(pk=case.pk)
    close(cast.cecilia, cast.alma, case)
    factories_grant(cast, case)
    with pytest.raises(Refused, match="avslutat"):
        bring(cast.alma, make_group(cast.cecilia, cast.alma), stale)
    with pytest.raises(Refused, match="avslutat"):
        actions.change_sheet(by=cast.alma, presentation=sheet, words=WORDS, version=1)


def factories_grant(cast: Cast, case: Case) -> None:
    from casework.access import actions as access

    access.open_grant(by=cast.cecilia, case=case, user=cast.alma, kind="deputy", source=case.pk)


@pytest.mark.parametrize("field", ["strengths", "wishes", "help_wanted"])
def test_a_text_that_tells_who_she_is_is_not_saved(cast: Cast, case: Case, field: str) -> None:
    group = make_group(cast.cecilia, cast.alma)
    with pytest.raises(actions.TellsWho) as told:
        bring(cast.alma, group, case, **{field: "Åsas vänner"})
    assert told.value.fields == (field,)
    assert "Åsa" not in str(told.value)
    assert not Presentation.objects.exists()
    assert not events(Tag.CASE_PRESENTED)


def test_the_sheet_is_reworded_until_the_session_is_over(cast: Cast, case: Case) -> None:
    group = make_group(cast.cecilia, cast.alma)
    sheet = bring(cast.alma, group, case)
    words = SheetWords(help_wanted="Hur hittar hon en kör?", read_back="skrivs inte över")
    changed = actions.change_sheet(by=cast.alma, presentation=sheet, words=words, version=1)
    assert changed.version == 2
    assert Presentation.objects.get().sheet.open() == SheetWords(help_wanted="Hur hittar hon en kör?")
    with pytest.raises(StaleEdit):
        actions.change_sheet(by=cast.alma, presentation=sheet, words=words, version=1)
    with pytest.raises(actions.TellsWho):
        actions.change_sheet(by=cast.alma, presentation=sheet, words=SheetWords(help_wanted="Öberg"), version=2)
    with pytest.raises(Refused, match="vad du vill"):
        actions.change_sheet(by=cast.alma, presentation=sheet, words=SheetWords(), version=2)
    with pytest.raises(Forbidden):
        actions.change_sheet(by=cast.cecilia, presentation=sheet, words=words, version=2)
    finish(cast.cecilia, group)
    with pytest.raises(Refused, match="Genomförd"):
        actions.change_sheet(by=cast.alma, presentation=Presentation.objects.get(), words=words, version=2)


# --- ideas ------------------------------------------------------------------------------------------------------------


def test_the_group_gives_ideas_while_it_sits_together(cast: Cast, case: Case) -> None:
    group = make_group(cast.cecilia, cast.alma, cast.bo, state="planned")
    sheet = bring(cast.alma, group, case)
    assert not rules.can_give(cast.bo, sheet)
    group = actions.move_session(by=cast.cecilia, session=group, name="begin")
    sheet.refresh_from_db()
    for user in (cast.alma, cast.bo, cast.cecilia):
        made = idea(user, sheet, f"Från {user.username}")
        assert (made.author, made.words.open().text, str(made)) == (user, f"Från {user.username}", str(made.pk))
    assert cases_of(last_event(Tag.IDEA_GIVEN)) == {case.number}
    assert made.ref().case == case.number
    with pytest.raises(Refused, match="Skriv en idé"):
        idea(cast.bo, sheet, "  ")
    for stranger in (cast.eva, cast.edvin, cast.dag):
        with pytest.raises(Forbidden):
            idea(stranger, sheet)
    finish(cast.cecilia, group)
    with pytest.raises(Refused, match="medan handledningen pågår"):
        idea(cast.bo, sheet)
    assert Idea.objects.count() == 3


def test_an_idea_that_names_her_is_refused_only_to_who_knows_her(cast: Cast, case: Case) -> None:
    """To the others a refusal would confirm the name."""
    sheet = bring(cast.alma, make_group(cast.cecilia, cast.alma, cast.bo), case)
    for user in (cast.alma, cast.cecilia):
        with pytest.raises(actions.TellsWho):
            idea(user, sheet, "Fråga Åsa själv")
    idea(cast.bo, sheet, "Fråga Åsa själv")


def test_a_case_that_closes_during_the_session_gets_no_more_ideas(cast: Cast, case: Case) -> None:
    sheet = bring(cast.alma, make_group(cast.cecilia, cast.alma, cast.bo), case)
    close(cast.cecilia, cast.alma, case)
    with pytest.raises(Refused, match="avslutat"):
        idea(cast.bo, sheet)
    sheet.refresh_from_db()
    assert not rules.can_give(cast.bo, Presentation.objects.get())


def test_a_case_is_on_the_agenda_once_in_the_database_too(cast: Cast, case: Case) -> None:
    sheet = bring(cast.alma, make_group(cast.cecilia, cast.alma), case)
    double = Presentation(
        session=sheet.session, case=case, client_id=case.client_id, presenter=cast.alma, sheet=SheetWords()
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        double.save()


def test_what_is_sealed_does_not_stand_in_clear(cast: Cast, case: Case) -> None:
    from django.db import connection

    sheet = bring(cast.alma, make_group(cast.cecilia, cast.alma), case, strengths="kantareller")
    idea(cast.alma, sheet, "kantareller")
    with connection.cursor() as cursor:
        for table in ("contacts_presentation", "contacts_idea"):
            cursor.execute(f"SELECT * FROM {table}")
            assert "kantareller" not in repr(cursor.fetchall()).lower()
