"""Taking one home of a year's quota, and giving it back, within the act of whichever subject does it."""

from casework.cases.rules import Refused
from housing.kompott.models import AgreementMember
from housing.landlords.models import Landlord
from housing.quotas.models import Quota


def take(*, member: AgreementMember | None = None, landlord: Landlord | None = None, year: int) -> Quota:
    """Counts one home of the holder's quota of the year as used. One of `member` and `landlord` is told.

    The row is locked, so that of two who come at once one waits for the other; past that the database itself refuses
    a count above the quota. Raises Refused when no quota is set for the year, or when it is full.
    """
    quota = Quota.objects.select_for_update().filter(member=member, landlord=landlord, year=year).first()
    holder = member.name if member is not None else landlord.name if landlord is not None else ""
    if quota is None:
        raise Refused(f"Ingen kvot är satt för {holder} år {year}. Sätt kvoten först.")
    if quota.taken >= quota.homes:
        raise Refused(f"Kvoten för {holder} år {year} är full: {quota.taken} av {quota.homes} används.")
    quota.taken += 1
    quota.version += 1
    quota.save()
    return quota


def give_back(quota: Quota) -> Quota:
    """Counts one home less as used: what it was taken for came to nothing. Raises Refused when none is used."""
    fresh = Quota.objects.select_for_update().get(pk=quota.pk)
    if fresh.taken == 0:
        raise Refused("Ingen bostad av kvoten används, så ingen kan lämnas tillbaka.")
    fresh.taken -= 1
    fresh.version += 1
    fresh.save()
    return fresh
