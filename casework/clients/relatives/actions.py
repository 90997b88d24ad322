"""Persons around are noted, changed and ended; staff declare whom they are close to; the sektionschef compares."""

from audit import trail
from audit.tags import Tag
from casework import policy
from casework.cases.models import Case
from casework.cases.rules import Refused, check_open
from casework.clients.relatives import comparing, indexing, readers, rules
from casework.clients.relatives.models import RelatedPerson, RelatedWords, StaffTie, TieWords
from casework.clients.relatives.readers import Comparison
from casework.policy import Permission
from casework.signin.models import User


def add_related(*, by: User, case: Case, part: str, relation: str, words: RelatedWords) -> RelatedPerson:
    """Notes somebody around the person, with as little as will do. `part` and `relation` are values of their lists.

    Raises Forbidden, Refused (closed case, not in the lists, nothing said of who it is).
    """
    rules.check_can_write(by, case)
    rules.check_told(part, relation, words)
    with trail.act(Tag.RELATED_ADDED, by=by, refs=[case.ref()]) as event:
        fresh = _open(case)
        related = RelatedPerson(case=fresh, client_id=fresh.client_id, part=part, relation=relation, noted_by=by)
        related.words = words
        related.save()
        indexing.rebuild(related, words)
        event.touch(related.ref())
        return related


def change_related(
    *, by: User, related: RelatedPerson, part: str, relation: str, words: RelatedWords, version: int
) -> RelatedPerson:
    """Writes over what is noted of somebody. Raises Forbidden, Refused (as add_related; ended), StaleEdit."""
    rules.check_can_write(by, related.case)
    rules.check_told(part, relation, words)
    with trail.act(Tag.RELATED_CHANGED, by=by, refs=[related.case.ref(), related.ref()]):
        fresh = _locked(related)
        fresh.check_version(version)
        fresh.part, fresh.relation, fresh.words = part, relation, words
        fresh.save()
        indexing.rebuild(fresh, words)
        return fresh


def end_related(*, by: User, related: RelatedPerson, reason: str) -> RelatedPerson:
    """Somebody is not around any more: what is noted stays, and is compared with nobody from now on.

    Raises Forbidden, Refused (closed case, no reason, ended already).
    """
    rules.check_can_write(by, related.case)
    if not reason.strip():
        raise Refused("Skriv varför uppgiften inte gäller längre.")
    refs = [related.case.ref(), related.ref()]
    with trail.act(Tag.RELATED_ENDED, by=by, refs=refs, reason=reason, owner=related.client_id):
        fresh = _locked(related)
        fresh.ended_on = rules.today()
        fresh.version += 1
        fresh.save()
        indexing.forget(fresh)
        return fresh


def declare_tie(*, by: User, words: TieWords) -> StaffTie:
    """Somebody of the staff says whom she is close to. Nobody else ever reads it.

    Raises Forbidden, Refused (neither number nor a whole name, nothing said of how they are tied).
    Source: förvaltningslagen (2017:900) 18 §.
    """
    policy.check_may(by, Permission.TIES)
    if not comparing.Who.of(words.name, words.number).comparable:
        raise Refused("Skriv både förnamn och efternamn, eller personnummer. Annars går det inte att jämföra.")
    if not words.tie.strip():
        raise Refused("Skriv hur ni hör ihop.")
    with trail.act(Tag.TIE_DECLARED, by=by) as event:
        tie = StaffTie(user=by, words=words)
        tie.save()
        event.touch(tie.ref())
        _gone_through(by)
        return tie


def check_ties(*, by: User) -> User:
    """Somebody of the staff says that she has gone through her ties and declared those there are. Raises Forbidden."""
    policy.check_may(by, Permission.TIES)
    with trail.act(Tag.TIES_CHECKED, by=by):
        return _gone_through(by)


def end_tie(*, by: User, tie: StaffTie) -> StaffTie:
    """A tie of one's own does not hold any more. Raises Forbidden for somebody else's, Refused when it is ended."""
    rules.check_own(by, tie)
    with trail.act(Tag.TIE_ENDED, by=by, refs=[tie.ref()]):
        fresh = StaffTie.objects.select_for_update().get(pk=tie.pk)
        rules.check_own(by, fresh)
        fresh.ended_on = rules.today()
        fresh.version += 1
        fresh.save()
        return fresh


def compare_ties(*, by: User, case: Case) -> Comparison:
    """The sektionschef asks who of the staff may not have the case, and whether somebody around has a case with her.

    Also of a closed case, which may be given to somebody again. The event names the case, and counts only: never who
    was tied to whom, nor the other case. Raises Forbidden. Source: förvaltningslagen 16-17 §§, OSL 8:2.
    """
    rules.check_can_compare(by, case)
    with trail.act(Tag.TIES_COMPARED, by=by, refs=[case.ref()], owner=case.client_id) as event:
        inside, asked = readers.staff_inside(case), readers.staff_to_ask(case)
        tied = comparing.tied_among([*inside, *asked], case)
        around = comparing.have_case(case, readers.led_with(by, case))
        event.detail = {"staff": len(inside) + len(asked), "tied": len(tied), "around": int(around)}
        return Comparison([user for user in inside if user in tied], [user for user in asked if user in tied], around)


def _gone_through(by: User) -> User:
    fresh = User.objects.select_for_update().get(pk=by.pk)
    fresh.ties_checked_on = rules.today()
    fresh.save()
    return fresh


def _open(case: Case) -> Case:
    fresh = Case.objects.select_for_update().get(pk=case.pk)
    check_open(fresh)
    return fresh


def _locked(related: RelatedPerson) -> RelatedPerson:
    """The person as noted now, after the case is locked. Raises Refused when the case is closed or the note ended."""
    _open(related.case)
    fresh = RelatedPerson.objects.select_for_update(of=("self",)).select_related("case").get(pk=related.pk)
    rules.check_not_ended(fresh)
    return fresh
