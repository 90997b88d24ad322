"""The steps of an insats: asked for, ordered, begun, ended; or it comes to nothing, and is tried again."""

from dataclasses import replace
from datetime import date

from audit.tags import Tag
from casework.cases.consents.models import Consent
from casework.cases.insatser import rules
from casework.cases.insatser.models import Actor, Insats, Offer
from casework.cases.insatser.writing import locked, move, usable
from casework.cases.rules import Refused
from casework.signin.models import User


def ask_insats(
    *, by: User, insats: Insats, actor: Actor, offer: Offer | None, consent: Consent | None, asked_on: date
) -> Insats:
    """Notes that an actor has been asked. Secrecy between us and her takes a consent in force (OSL 8:1-2, 10:1).

    Raises Forbidden, Refused (closed case, wrong state, no consent for an outside actor, a consent of somebody else or
    not in force, an actor no longer used, a day ahead).
    """
    with locked(by, Tag.INSATS_MOVED, insats) as fresh:
        rules.check_passed(asked_on)
        rules.check_choice(actor, offer, for_child=fresh.child_id is not None)
        if not actor.active:
            raise Refused("Aktören används inte längre. Välj en annan.")
        given = usable(fresh, consent) if consent is not None else None
        rules.check_reach(actor, grounded=given is not None)
        move(fresh, "ask")
        fresh.actor, fresh.offer, fresh.consent, fresh.asked_on = actor, offer, given, asked_on
        return fresh


def order_insats(*, by: User, insats: Insats, ordered_on: date) -> Insats:
    """Notes that it is ordered. Raises Forbidden, Refused (closed case, wrong state, no actor, the consent no longer
    holds, a day ahead).
    """
    with locked(by, Tag.INSATS_MOVED, insats) as fresh:
        rules.check_passed(ordered_on)
        move(fresh, "order")
        if fresh.actor is None:
            raise Refused("Välj först vem som ger insatsen, under ”Ändra insatsen”.")
        rules.check_ground_holds(fresh)
        fresh.ordered_on = ordered_on
        return fresh


def start_insats(*, by: User, insats: Insats, started_on: date, review_on: date | None) -> Insats:
    """Notes that it has begun: a decision is then carried out. Raises Forbidden, Refused (closed case, wrong state, the
    consent no longer holds, days that cannot be).
    """
    with locked(by, Tag.INSATS_MOVED, insats) as fresh:
        rules.check_passed(started_on)
        if review_on is not None and review_on <= started_on:
            raise Refused("Insatsen följs upp efter att den har börjat. Ändra någon av dagarna.")
        move(fresh, "start")
        rules.check_ground_holds(fresh)
        fresh.started_on, fresh.review_on = started_on, review_on
        return fresh


def end_insats(*, by: User, insats: Insats, ended_on: date, outcome: str) -> Insats:
    """Ends a running insats with how it went, also when its consent is gone or the case is closed.

    Raises Forbidden, Refused (not running, nothing told, days that cannot be).
    """
    with locked(by, Tag.INSATS_MOVED, insats, check=rules.check_can_wind_up) as fresh:
        rules.check_passed(ended_on)
        if not outcome.strip():
            raise Refused("Skriv hur det gick.")
        move(fresh, "end")
        began = max(day for day in (fresh.started_on, fresh.paused_on, fresh.resumed_on) if day is not None)
        if ended_on < began:
            raise Refused(f"Insatsen pågick {began}. Välj den dagen eller en senare.")
        fresh.ended_on, fresh.words = ended_on, replace(fresh.words.open(), outcome=outcome)
        return fresh


def decline_insats(*, by: User, insats: Insats, code: str, declined_on: date, why: str) -> Insats:
    """Notes that it came to nothing: `code` is a value of Declined, but for a refusal, which is a decision.

    Also when its consent is gone or the case is closed. Raises Forbidden, Refused (wrong state, code, a day ahead).
    """
    with locked(by, Tag.INSATS_MOVED, insats, check=rules.check_can_wind_up) as fresh:
        if code not in rules.DECLINED_BY_HAND:
            raise Refused("Välj varför i listan. Ett avslag skrivs som beslut.")
        _came_to_nothing(fresh, "decline", code, declined_on, why)
        return fresh


def give_up_insats(*, by: User, insats: Insats, obstacle: str, declined_on: date, why: str) -> Insats:
    """Notes that there is no such insats to have, and what stands in the way (a value of Obstacle, or "").

    A closed case is no hindrance. Raises Forbidden, Refused (wrong state, unknown obstacle, a day ahead).
    """
    with locked(by, Tag.INSATS_MOVED, insats, check=rules.check_can_wind_up) as fresh:
        rules.check_obstacle(obstacle)
        _came_to_nothing(fresh, "give_up", Insats.Declined.NONE, declined_on, why)
        fresh.obstacle = obstacle
        return fresh


def try_again(*, by: User, insats: Insats, why: str) -> Insats:
    """The need is open again and goes its whole way anew; why it came to nothing is kept among the obstacles.

    Raises Forbidden, Refused (closed case, not declined, or there is a decision: it stands as it is).
    """
    with locked(by, Tag.INSATS_MOVED, insats, why=why) as fresh:
        if fresh.ground == rules.Ground.DECISION:
            raise Refused("Beslutet ska stå kvar som det är. Notera behovet på nytt.")
        move(fresh, "try_again")
        words = fresh.words.open()
        stood = "\n".join(part for part in (words.obstacles, words.outcome) if part)
        fresh.words = replace(words, obstacles=stood, outcome="")
        fresh.declined, fresh.declined_on, fresh.consent_gone_at = "", None, None
        fresh.ground, fresh.legal_basis, fresh.consent = "", "", None
        fresh.asked_on = fresh.ordered_on = None
        return fresh


def _came_to_nothing(fresh: Insats, name: str, code: str, day: date, why: str) -> None:
    rules.check_passed(day)
    move(fresh, name)
    fresh.declined, fresh.declined_on = code, day
    fresh.words = replace(fresh.words.open(), outcome=why)
