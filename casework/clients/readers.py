from typing import Any
from uuid import UUID

from django.db.models import Q

from casework import policy
from casework.cases.models import Case
from casework.clients.models import ProtectionMark
from casework.signin.models import User


def mark_of(case: Case, pk: UUID | str) -> ProtectionMark:
    """A protection of this case's client or of a child of the case, ended or not. Raises NotFound."""
    household = Q(client=case.client) | Q(client__child__case=case)
    mark = ProtectionMark.objects.filter(household, pk=pk).first()
    if mark is None:
        raise policy.NotFound("Skyddet finns inte.", [case.ref()])
    return mark


def sections_of(user: User) -> Any:
    """The sections a sektionschef leads and may take cases into."""
    return user.led_sections.filter(active=True)
