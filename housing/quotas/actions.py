"""A year's quota is set, and set anew. It is used through housing.quotas.taking."""

from audit import trail
from audit.tags import Tag
from casework.cases.rules import Refused
from casework.signin.models import User
from housing.kompott.models import AgreementMember
from housing.landlords.models import Landlord
from housing.quotas import rules
from housing.quotas.models import Quota

MOST, FIRST, LAST = 1_000, 2020, 2100


def set_quota(
    *,
    by: User,
    member: AgreementMember | None = None,
    landlord: Landlord | None = None,
    year: int,
    homes: int,
) -> Quota:
    """Says how many homes a municipality, or a landlord, gives in a year; one of the two is told.

    Raises Forbidden, Refused (a year or a number that cannot be meant, fewer homes than are used already).
    """
    rules.check_can_set(by, member)
    if (member is None) == (landlord is None):
        raise Refused("Välj en kommun eller en hyresvärd.")
    if not FIRST <= year <= LAST:
        raise Refused(f"Välj ett år mellan {FIRST} och {LAST}.")
    if not 0 <= homes <= MOST:
        raise Refused(f"Skriv ett antal mellan 0 och {MOST}.")
    with trail.act(Tag.QUOTA_SET, by=by) as event:
        quota = Quota.objects.select_for_update().filter(member=member, landlord=landlord, year=year).first()
        quota = quota or Quota(member=member, landlord=landlord, year=year, homes=homes)
        if homes < quota.taken:
            raise Refused(f"{quota.taken} bostäder av årets kvot används redan. Kvoten kan inte bli mindre än så.")
        quota.homes = homes
        quota.version += 0 if quota._state.adding else 1
        quota.save()
        event.touch(quota.ref())
        return quota
