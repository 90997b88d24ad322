"""What is left of an earlier identity: two persons decide about each place, and then the old key is destroyed."""

from dataclasses import replace
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients.keeping import put_identity
from casework.clients.models import Client
from casework.clients.protection import files, finding, rules
from casework.clients.protection.finding import MASK, Span
from casework.clients.protection.models import HitWords, IdentityChange, MaskingHit
from casework.crypto.rekey import replace_key
from casework.signin.models import User

GONE = "Texten finns inte längre. Föreslå att träffen lämnas."


def propose_hit(*, by: User, hit: MaskingHit, mask: bool, why: str) -> MaskingHit:
    """Says what one person thinks should be done: mask it, or leave it and why. Somebody else decides.

    It can be said anew until it is decided, by anybody who may. Raises Forbidden, Refused (decided, left without a
    reason, a reason that repeats the hit).
    """
    rules.check_can_mask(by, hit.change.case)
    if not mask and not why.strip():
        raise Refused("Skriv varför träffen kan lämnas som den är.")
    with trail.act(Tag.HIT_PROPOSED, by=by, refs=[hit.change.case.ref(), hit.ref()]):
        fresh = _locked(hit)
        rules.check_undecided(fresh)
        _check_why(fresh, why)
        fresh.propose()
        fresh.mask, fresh.proposed_by, fresh.words = mask, by, HitWords(why=why)
        fresh.save()
        return fresh


def decide_hit(*, by: User, hit: MaskingHit, exact: str = "") -> MaskingHit:
    """Carries out what somebody else has proposed. A document that is masked is destroyed.

    `exact` is the wording to mask where the text has changed since the hit was noted; it is kept nowhere.
    Raises Forbidden, Refused (nothing proposed, proposed by herself, decided, the text is gone, `exact` is not in it).
    """
    rules.check_can_mask(by, hit.change.case)
    with trail.act(Tag.HIT_DECIDED, by=by, refs=[hit.change.case.ref(), hit.ref()]):
        fresh = _locked(hit)
        rules.check_second(by, fresh)
        fresh.decided_by = by
        if not fresh.mask:
            fresh.leave()
        else:
            fresh.cover()
            _mask(by, fresh, exact)
        fresh.save()
        return fresh


def finish_change(*, by: User, change: IdentityChange) -> IdentityChange:
    """Ends a change of identity: new keys, every seal made anew, and the old keys destroyed at commit.

    So what was under them can never be read again: old backups, and reasons in the log. Her children get new keys where
    something of theirs named her. Raises Forbidden, Refused (hits left, done already).
    """
    rules.check_can_mask(by, change.case)
    with trail.act(Tag.IDENTITY_CHANGE_DONE, by=by, refs=[change.case.ref(), change.ref()]):
        Case.objects.select_for_update().get(pk=change.case_id)
        fresh = IdentityChange.objects.select_for_update().select_related("case").get(pk=change.pk)
        rules.check_can_finish(by, fresh)
        fresh.finish()
        fresh.done_by = by
        fresh.save()
        named = MaskingHit.objects.filter(change=fresh).values_list("client", flat=True)
        for owner in {fresh.client_id, *named}:
            replace_key(owner, [(column, finding.rows_of(column[0], {owner})) for column in finding.columns()])
        return fresh


def _locked(hit: MaskingHit) -> MaskingHit:
    """The hit as it is now, after its case is locked."""
    Case.objects.select_for_update().get(pk=hit.change.case_id)
    return MaskingHit.objects.select_for_update().select_related("change__case").get(pk=hit.pk)


def _check_why(hit: MaskingHit, why: str) -> None:
    text = None if hit.is_file else finding.text_of(hit)
    if text is not None and len(text) == hit.length and finding.repeats(text[hit.start : hit.end], why):
        raise Refused("Skriv inte av träffen i skälet. Den ska kunna försvinna.")


def _mask(by: User, hit: MaskingHit, exact: str) -> None:
    if hit.is_file:
        _destroy_file(by, hit)
    else:
        _mask_text(hit, exact)


def _destroy_file(by: User, hit: MaskingHit) -> None:
    if not files.destroy:
        raise Refused("Dokument kan inte förstöras här än. Föreslå att träffen lämnas.")
    for destroy in files.destroy:
        destroy(by, hit.row)


def _mask_text(hit: MaskingHit, exact: str) -> None:
    rows: QuerySet[Any] = QuerySet(apps.get_model(hit.model))
    row = rows.select_for_update().filter(pk=hit.row).first()
    text = finding.text_at(getattr(row, hit.group).open(), hit.field) if row is not None else None
    if text is None:
        raise Refused(GONE)
    if len(text) == hit.length:
        masked = finding.covered(text, Span(hit.start, hit.end))
        _move_others(hit, len(masked) - len(text), len(masked))
    else:
        masked = _without(text, exact)
        _move_others(hit, 0, 0)
    _save(row, hit.group, finding.with_text(getattr(row, hit.group).open(), hit.field, masked))


def _without(text: str, exact: str) -> str:
    """`text` with every occurrence of the wording masked. Raises Refused when it is not there."""
    wording = exact.strip()
    if not wording or wording not in text:
        raise Refused("Texten har ändrats. Skriv av exakt de ord som ska maskeras, eller föreslå att träffen lämnas.")
    return text.replace(wording, MASK)


def _move_others(hit: MaskingHit, by: int, length: int) -> None:
    """The hits of the same text that are not decided lie elsewhere now. No length: where they lie is not known."""
    same = {name: getattr(hit, name) for name in ("change_id", "model", "row", "group", "field")}
    for other in MaskingHit.objects.filter(**same, state__in=rules.UNDECIDED).exclude(pk=hit.pk):
        if other.start >= hit.end:
            other.start, other.end = other.start + by, other.end + by
        other.length = length
        other.save()


def _save(row: Any, group: str, value: Any) -> None:
    if isinstance(row, Client) and group == "identity":
        # What is masked is no number and no name: she is found by what is left.
        number = {} if value.number != MASK else {"number": "", "number_kind": ""}
        put_identity(row, replace(value, **number))
    else:
        setattr(row, group, value)
    row.save_masked()
    for derived in files.masked:
        derived(row)
