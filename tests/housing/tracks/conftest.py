import pytest

from casework.cases.models import Case
from housing.needs.models import HousingNeed
from tests.cast import Cast
from tests.housing.made import make_need


@pytest.fixture
def need(cast: Cast, case: Case) -> HousingNeed:
    """Handed to the coordinators."""
    return make_need(cast.alma, case)
