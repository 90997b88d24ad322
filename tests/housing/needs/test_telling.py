"""A need in words: exactly the fields that are asked for."""

from datetime import UTC, datetime

import pytest

from housing.needs.models import HousingNeed, NeedProfile
from housing.needs.telling import FIELDS, tell
from tests.housing.needs.facts import profile


def test_a_field_that_is_not_asked_for_is_not_told() -> None:
    need = HousingNeed(urgency="now")
    assert tell(need, profile(), ["rooms", "household"]) == [("Vuxna", "1"), ("Rum, minst", "3")]
    assert tell(need, profile(), []) == []
    with pytest.raises(KeyError, match="note"):
        tell(need, profile(), ["rooms", "note"])


def test_every_field_has_words_also_for_nothing() -> None:
    told = dict(tell(HousingNeed(urgency="later"), NeedProfile(), FIELDS))
    assert (told["Barn"], told["Hyra, högst"], told["Önskade områden"], told["Hot"]) == (
        "Inga", "Ingen gräns", "Alla", "Anges inte",
    )  # fmt: skip
    assert told["Väntar sedan"] == ""


def test_the_day_is_the_day_here() -> None:
    need = HousingNeed(urgency="now", published_at=datetime(2026, 6, 30, 22, 30, tzinfo=UTC))
    assert tell(need, NeedProfile(), ["waiting_since"]) == [("Väntar sedan", "2026-07-01")]
