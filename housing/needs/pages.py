"""What the case's pages about a need are put together of."""

from typing import Any

from casework.cases.models import Case
from casework.signin.models import User
from housing.needs import preview, queue, readers, rules
from housing.needs.models import HousingNeed, NeedState
from housing.needs.telling import tell


def housing(user: User, case: Case) -> dict[str, Any]:
    """The page "Boende" with the buttons this user gets."""
    found, may_write = readers.page(case), rules.can_write(user, case)
    need = found["need"]
    going_on = need is not None and need.state in rules.GOING_ON
    return {
        **found,
        "may_write": may_write and not going_on,
        "may_change": may_write and going_on,
        "may_publish": may_write and going_on and need.state == NeedState.DRAFT,
    }


def receivers(need: HousingNeed | None) -> list[preview.Shown]:
    """What everybody would be told of the need; nothing while there is none."""
    return preview.shown(need, readers.newest(need)) if need else []


def for_coordinator(need: HousingNeed) -> readers.Told:
    """Exactly what the coordinator's page will show."""
    return tell(need, readers.newest(need), queue.may_know())
