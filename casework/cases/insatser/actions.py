"""The need of an insats is noted and described; what runs is followed up, broken off and taken up again."""

from dataclasses import replace
from datetime import date

from audit import trail
from audit.tags import Tag
from casework import policy
from casework.cases.insatser import rules
from casework.cases.insatser.models import Actor, Area, FollowUpWords, Insats, InsatsFollowUp, InsatsWords, Offer
from casework.cases.insatser.writing import locked
from casework.cases.models import Case
from casework.cases.rules import Refused, check_open
from casework.clients.children.models import Child
from casework.policy import Permission
from casework.signin.models import User


def note_insats(
    *,
    by: User,
    case: Case,
    child: Child | None,
    area: str,
    actor: Actor | None,
    offer: Offer | None,
    responsible: User,
    noted_on: date,
    review_on: date | None,
    obstacle: str,
    words: InsatsWords,
) -> Insats:
    """Notes what the person, or one of her children, needs; a child's lies under the child's own key.

    Raises Forbidden, Refused (closed case, child of another case, no need told, unknown codes, a day ahead, an offer of
    another actor, somebody responsible who does not work in the case).
    """
    rules.check_can_note(by, case)
    _check_facts(case, area, obstacle, responsible, words)
    rules.check_passed(noted_on)
    rules.check_choice(actor, offer, for_child=child is not None)
    if child is not None and child.case_id != case.pk:
        raise Refused("Barnet hör till ett annat ärende. Välj ett av barnen i listan.")
    with trail.act(Tag.INSATS_NOTED, by=by, refs=[case.ref()]) as event:
        fresh = Case.objects.select_for_update().get(pk=case.pk)
        check_open(fresh)
        insats = Insats(
            case=fresh,
            client_id=child.client_id if child else fresh.client_id,
            child=child,
            area=area,
            actor=actor,
            offer=offer,
            responsible=responsible,
            noted_on=noted_on,
            review_on=review_on,
            obstacle=obstacle,
            words=words,
        )
        insats.save()
        event.touch(insats.ref())
        return insats


def change_insats(
    *,
    by: User,
    insats: Insats,
    area: str,
    actor: Actor | None,
    offer: Offer | None,
    responsible: User,
    review_on: date | None,
    obstacle: str,
    words: InsatsWords,
    version: int,
) -> Insats:
    """Writes over what is known of an insats that is not over; a decision and the outcome are left alone.

    Raises Forbidden, Refused (as note_insats; over; an outside actor who may not be told; without an actor once one has
    been asked; an offer that a consent does not carry), StaleEdit.
    """
    with locked(by, Tag.INSATS_CHANGED, insats) as fresh:
        fresh.check_version(version)
        _check_facts(fresh.case, area, obstacle, responsible, words)
        rules.check_choice(actor, offer, for_child=fresh.child_id is not None)
        rules.check_going_on(fresh)
        _check_actor(fresh, actor, offer)
        told = {"need": words.need, "who_does_what": words.who_does_what, "obstacles": words.obstacles}
        fresh.area, fresh.actor, fresh.offer, fresh.responsible = area, actor, offer, responsible
        fresh.review_on, fresh.obstacle, fresh.words = review_on, obstacle, replace(fresh.words.open(), **told)
        return fresh


def follow_up_insats(
    *, by: User, insats: Insats, held_on: date, words: FollowUpWords, review_on: date | None
) -> InsatsFollowUp:
    """Notes what has come of a running insats, and when you look again. It never changes afterwards.

    Raises Forbidden, Refused (closed case, not running, consent withdrawn, nothing told, days that cannot be).
    """
    with locked(by, Tag.INSATS_FOLLOWED, insats) as fresh:
        _check_runs_since(fresh, held_on)
        if not words.result.strip():
            raise Refused("Skriv vad insatsen har gett så här långt.")
        if review_on is not None and review_on <= held_on:
            raise Refused("Nästa uppföljning ska vara en senare dag. Ändra någon av dagarna.")
        if fresh.consent_gone_at is not None:
            raise Refused(rules.GONE)
        fresh.follow_up()
        fresh.review_on = review_on
        row = InsatsFollowUp(insats=fresh, client_id=fresh.client_id, held_on=held_on, by=by, words=words)
        row.save()
        return row


def pause_insats(*, by: User, insats: Insats, paused_on: date, obstacle: str) -> Insats:
    """Notes that a running insats has been broken off; after a decision the three months run from that day.

    Raises Forbidden, Refused (closed case, not running, broken off already, days that cannot be, unknown obstacle).
    """
    with locked(by, Tag.INSATS_PAUSED, insats) as fresh:
        rules.check_obstacle(obstacle)
        _check_runs_since(fresh, paused_on)
        if fresh.paused_on is not None and fresh.resumed_on is None:
            raise Refused("Insatsen är redan avbruten.")
        if fresh.resumed_on is not None and paused_on < fresh.resumed_on:
            raise Refused(f"Insatsen kom i gång igen {fresh.resumed_on}. Välj den dagen eller en senare.")
        fresh.paused_on, fresh.resumed_on, fresh.obstacle = paused_on, None, obstacle
        return fresh


def resume_insats(*, by: User, insats: Insats, resumed_on: date) -> Insats:
    """Notes that it runs again. Raises Forbidden, Refused (closed case, not broken off, days that cannot be)."""
    with locked(by, Tag.INSATS_PAUSED, insats) as fresh:
        rules.check_passed(resumed_on)
        if fresh.state not in rules.BEGUN or fresh.paused_on is None or fresh.resumed_on is not None:
            raise Refused("Insatsen är inte avbruten.")
        if resumed_on < fresh.paused_on:
            raise Refused(f"Insatsen avbröts {fresh.paused_on}. Välj den dagen eller en senare.")
        fresh.resumed_on, fresh.obstacle = resumed_on, ""
        return fresh


def _check_facts(case: Case, area: str, obstacle: str, responsible: User, words: InsatsWords) -> None:
    if area not in Area.values:
        raise Refused("Välj område i listan.")
    rules.check_obstacle(obstacle)
    if not words.need.strip():
        raise Refused("Skriv vad personen behöver.")
    if not policy.can_case(responsible, case, Permission.FILE_WRITE):
        raise Refused("Välj någon som arbetar i ärendet som ansvarig.")


def _check_actor(fresh: Insats, actor: Actor | None, offer: Offer | None) -> None:
    """Another actor after the need has been taken further: the one who comes in is reached as if asked now."""
    if fresh.state == rules.State.NEED:
        return
    if actor is None and fresh.actor_id is not None:
        raise Refused("Välj aktör. Den är redan tillfrågad eller beställd.")
    if fresh.ground == rules.Ground.CONSENT:
        rules.check_consent_enough(offer, fresh.legal_basis)
    if actor is not None and actor.pk != fresh.actor_id:
        rules.check_ground_holds(fresh)
        # A consent names its recipient: only a decision carries over to somebody else.
        rules.check_reach(actor, grounded=fresh.ground == rules.Ground.DECISION)


def _check_runs_since(fresh: Insats, day: date) -> None:
    rules.check_passed(day)
    if fresh.state not in rules.BEGUN or fresh.started_on is None:
        raise Refused(f"Insatsen pågår inte: läget är ”{fresh.get_state_display()}”.")
    if day < fresh.started_on:
        raise Refused(f"Insatsen började {fresh.started_on}. Välj den dagen eller en senare.")
