"""Questions about access that pages ask."""

from audit.trail import Ref
from casework.access.visit import Visit
from casework.cases.models import Case


def refs_of(seen: Visit) -> list[Ref]:
    """Every case a request has looked at: those fetched, and those behind a seal that was opened on its own."""
    refs = dict(seen.refs)
    unknown = seen.unknown - seen.owners.keys()
    if unknown:
        for case in Case.objects.filter(client_id__in=unknown):
            refs.setdefault(str(case.pk), case.ref())
    return list(refs.values())
