"""What is done with a protection, and how a person gets a new identity."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.access import visit
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients.children.models import Child
from casework.clients.keeping import put_identity
from casework.clients.models import Client, Identity, ProtectionMark
from casework.clients.protection import finding, rules
from casework.clients.protection.models import ChangeWords, HitWords, IdentityChange, MaskingHit
from casework.drafts import store
from casework.signin.models import User


def check_protection(*, by: User, case: Case) -> Client:
    """Notes that somebody has made sure today which protection there is, or that there is none. Raises Forbidden."""
    rules.check_can_look_after(by, case)
    with trail.act(Tag.PROTECTION_CHECKED, by=by, refs=[case.ref()]):
        client = Client.objects.select_for_update().get(pk=case.client_id)
        client.protection_checked_on = timezone.localdate()
        client.save()
        return client


def change_mark(
    *, by: User, case: Case, mark: ProtectionMark, review_on: date | None, decided_by: str, version: int
) -> ProtectionMark:
    """Changes when a protection is followed up and who decided it. Its kind stays: another kind is another protection.

    Raises Forbidden, Refused (ended, review before it began), StaleEdit.
    """
    rules.check_can_look_after(by, case)
    with trail.act(Tag.MARK_CHANGED, by=by, refs=[case.ref()]):
        fresh = ProtectionMark.objects.select_for_update().get(pk=mark.pk, client=mark.client_id)
        rules.check_mark(fresh, review_on)
        fresh.check_version(version)
        fresh.review_on, fresh.details = review_on, replace(fresh.details.open(), decided_by=decided_by)
        fresh.save()
        return fresh


def replace_identity(
    *, by: User, case: Case, identity: Identity, version: int, grounds: str, child: Child | None = None
) -> IdentityChange:
    """Gives the person, or a child of the case, a new name or number in place of the old, and notes every place where
    the old may be left.

    The old identity is kept nowhere from here on; a hit says only where. Drafts are masked at once.
    Raises Forbidden, Refused (no grounds, nothing new, a change under way, grounds that name the old), StaleEdit.
    Source: lag (1991:483), OSL 21:3 third paragraph.
    """
    rules.check_can_replace(by, case)
    if not grounds.strip():
        raise Refused("Skriv varför personen byter identitet.")
    with trail.act(Tag.IDENTITY_CHANGE_BEGUN, by=by, refs=[case.ref()]) as event, visit.begin():
        fresh = Case.objects.select_for_update().get(pk=case.pk)
        client = Client.objects.select_for_update().get(pk=child.client_id if child else fresh.client_id)
        client.check_version(version)
        rules.check_none_open(fresh.client)
        what = finding.wanted(client.identity.open(), identity)
        _check_new(what, grounds)
        put_identity(client, identity)
        client.save()
        change = IdentityChange(case=fresh, client=client, begun_by=by, words=ChangeWords(grounds=grounds))
        change.save()
        event.touch(change.ref())
        _note_hits(change, _owners(fresh.client), what)
        for other in Case.objects.filter(client=fresh.client_id):
            store.rewrite(other, what.masked)
        return change


def _owners(client: Client) -> set[UUID]:
    """Under whose keys somebody of the household may be named: the person's own, and her children's."""
    return {client.pk, *Child.objects.filter(case__client=client).values_list("client", flat=True)}


def _check_new(what: finding.Wanted, grounds: str) -> None:
    if not what:
        raise Refused("Namn och nummer är desamma som förut, eller fanns inte förut. Rätta identiteten i stället.")
    if what.spans(grounds):
        raise Refused("Skriv inte den tidigare identiteten i skälet. Den ska inte finnas kvar någonstans.")


def _note_hits(change: IdentityChange, owners: set[UUID], what: finding.Wanted) -> None:
    for row, group, field, span, length in [*finding.places(owners, what), *finding.documents(owners)]:
        where = {"model": row._meta.label, "row": row.pk, "group": group, "field": field}
        hit = MaskingHit(change=change, client_id=row.seal_owner, **where, start=span.start, end=span.end)
        hit.length, hit.words = length, HitWords()
        hit.save()
