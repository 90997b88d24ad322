"""What can be done with a client's record. Every act is one transaction and one event."""

from dataclasses import replace
from datetime import date
from typing import Any

from audit import trail
from audit.tags import Tag
from casework import policy
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients.children.models import Child
from casework.clients.keeping import keep_with_own_key, put_identity
from casework.clients.models import Address, Channels, Client, Identity, MarkDetails, ProtectionMark
from casework.policy import Permission
from casework.signin.models import User


def register_client(
    *, by: User, identity: Identity, address: Address, channels: Channels, pseudonymous: bool
) -> Client:
    """Makes a client with her own key.

    With `pseudonymous` no identity is kept (SoL (2025:400) 14 kap. 5 §): raises ValueError if one is given.
    """
    policy.check_may(by, Permission.INTAKE)
    if pseudonymous and (identity.name or identity.number):
        raise ValueError("a pseudonymous client has no identity")
    with trail.act(Tag.CLIENT_REGISTERED, by=by) as event:
        client = Client(pseudonymous=pseudonymous, address=address, channels=channels)
        keep_with_own_key(client, identity)
        event.touch(client.ref())
        return client


def change_identity(*, by: User, case: Case, identity: Identity, version: int) -> Client:
    """Rights what is misspelt in name or number, or her language. Raises StaleEdit, Forbidden.

    A new name or number in place of the old is replace_identity (clients/protection): that one looks through the texts.
    """
    policy.check_case(by, case, Permission.CASE_CHANGE)
    return _change(by, Tag.IDENTITY_CHANGED, case, version, identity=identity)


def change_address(*, by: User, case: Case, address: Address, review_on: date | None, version: int) -> Client:
    """Replaces the address, or empties it. One that is kept has a day of review. Raises StaleEdit, ValueError."""
    policy.check_case(by, case, Permission.CASE_CHANGE)
    policy.check_case(by, case, Permission.ADDRESS_REVEAL)
    if address.known and review_on is None:
        raise ValueError("a kept address has a day of review")
    return _change(
        by, Tag.ADDRESS_CHANGED, case, version, address=address, address_review_on=review_on if address.known else None
    )


def change_channels(*, by: User, case: Case, channels: Channels, version: int) -> Client:
    """Replaces the ways she can be reached. Raises StaleEdit, Forbidden."""
    policy.check_case(by, case, Permission.CASE_CHANGE)
    return _change(by, Tag.CHANNELS_CHANGED, case, version, channels=channels)


def add_mark(
    *,
    by: User,
    case: Case,
    kind: str,
    valid_from: date,
    review_on: date | None = None,
    decided_by: str = "",
    child: Child | None = None,
) -> ProtectionMark:
    """Notes a protection of the person's data, or of a child's: then under the child's own key. The kind is sealed.

    Raises Forbidden, NotFound (a child of another case). Source: domain 5.1.
    """
    policy.check_case(by, case, Permission.CASE_CHANGE)
    if child is not None and child.case_id != case.pk:
        raise policy.NotFound("Barnet finns inte i ärendet.", [case.ref()])
    with trail.act(Tag.MARK_ADDED, by=by, refs=[case.ref()]):
        mark = ProtectionMark(
            client=child.client if child else case.client,
            details=MarkDetails(kind=kind, decided_by=decided_by),
            valid_from=valid_from,
            review_on=review_on,
        )
        mark.save()
        return mark


def end_mark(*, by: User, case: Case, mark: ProtectionMark, ended_on: date, reason: str) -> ProtectionMark:
    """Ends a protection, with grounds that stay with it; never silently.

    Raises Forbidden, Refused (no grounds, ended, too early).
    """
    policy.check_case(by, case, Permission.CASE_CHANGE)
    if not reason.strip():
        raise Refused("Skriv varför skyddet upphörde.")
    with trail.act(Tag.MARK_ENDED, by=by, refs=[case.ref()], reason=reason, owner=mark.client_id):
        fresh = ProtectionMark.objects.select_for_update().get(pk=mark.pk, client=mark.client_id)
        if fresh.ended_on is not None:
            raise Refused(f"Skyddet är redan avslutat: det upphörde {fresh.ended_on}.")
        if ended_on < fresh.valid_from:
            raise Refused(f"Skyddet började gälla {fresh.valid_from}. Det kan inte ha upphört före den dagen.")
        fresh.ended_on = ended_on
        fresh.details = replace(fresh.details.open(), end_grounds=reason)
        fresh.version += 1
        fresh.save()
        return fresh


def _change(by: User, tag: Tag, case: Case, version: int, **values: Any) -> Client:
    with trail.act(tag, by=by, refs=[case.ref()]):
        client = Client.objects.select_for_update().get(pk=case.client_id)
        client.check_version(version)
        if (identity := values.pop("identity", None)) is not None:
            put_identity(client, identity)
        for name, value in values.items():
            setattr(client, name, value)
        client.save()
        return client
