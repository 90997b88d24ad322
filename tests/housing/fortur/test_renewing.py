"""A granted förtur goes on longer, or its time has passed."""

from datetime import timedelta
from typing import Any

import pytest

from audit.tags import Tag
from casework import policy
from casework.cases.models import Case
from casework.cases.rules import Refused
from housing.fortur import actions, rules
from housing.fortur.models import ForturApplication
from housing.quotas.actions import set_quota
from tests.casework.exposure.test_exposure_acts import end_case
from tests.cast import Cast
from tests.fixtures import SignIn, last_event, send, text
from tests.housing.fortur import facts
from tests.housing.overview.test_overview_page import keep

DAY = timedelta(days=1)


def past(cast: Cast, case: Case) -> ForturApplication:
    """Granted, with a home of the quota, and over since yesterday."""
    owner = facts.landlord()
    set_quota(by=cast.hanna, landlord=owner, year=facts.today().year, homes=1)
    application = facts.answered(cast, case, landlord=owner)
    return facts.fresh(keep(application, valid_until=facts.today() - DAY))


def test_a_fortur_goes_on_longer(cast: Cast, case: Case) -> None:
    application = past(cast, case)
    assert rules.is_late(application)

    longer = actions.extend_fortur(by=cast.alma, application=application, valid_until=facts.today() + 30 * DAY)

    assert (longer.valid_until, rules.is_late(longer)) == (facts.today() + 30 * DAY, False)
    assert last_event(Tag.FORTUR_DECIDED).reason_code == "fortur_longer"


@pytest.mark.parametrize("days", [None, -2, -1, 60, 180])
def test_a_day_that_makes_it_no_longer_is_refused(cast: Cast, case: Case, days: int | None) -> None:
    application = facts.answered(cast, case)
    day = None if days is None else facts.today() + days * DAY
    with pytest.raises(Refused, match="dag"):
        actions.extend_fortur(by=cast.alma, application=application, valid_until=day)


def test_a_fortur_whose_time_has_passed_is_over_and_gives_the_home_back(cast: Cast, case: Case) -> None:
    application = past(cast, case)
    actions.expire_fortur(by=cast.alma, application=application)

    after = facts.fresh(application)
    assert (after.track.state, after.track.declined, after.quota) == ("expired", "no_home", None)
    with pytest.raises(Refused, match="ingen beviljad förtur"):
        actions.extend_fortur(by=cast.alma, application=after, valid_until=facts.today() + DAY)


def test_one_that_still_holds_is_not_over(cast: Cast, case: Case) -> None:
    application = facts.answered(cast, case, facts.granted(valid_until=facts.today()))
    with pytest.raises(Refused, match="gäller till och med"):
        actions.expire_fortur(by=cast.alma, application=application)


def test_strangers_and_a_closed_case_change_nothing(cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    application = past(cast, case)
    for user in (cast.bo, cast.eva, cast.hanna):
        with pytest.raises(policy.Forbidden):
            actions.expire_fortur(by=user, application=application)
    end_case(cast, case, monkeypatch)
    with pytest.raises(Refused, match="avslutat"):
        actions.expire_fortur(by=cast.cecilia, application=facts.fresh(application))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"what": "fortur_longer", "valid_until": ""}, "Fyll i den nya dagen."),
        ({"what": "", "valid_until": ""}, "Svara på frågan: Vad har hänt?"),
    ],
)
def test_what_is_missing_is_said(signed_in: SignIn, cast: Cast, case: Case, sent: dict[str, Any], said: str) -> None:
    track = past(cast, case).track
    url = f"/arenden/{case.number}/boende/vagar/{track.pk}/fortur/tid/"
    assert said in text(send(signed_in(cast.alma), url, **sent))


@pytest.mark.parametrize("what", ["fortur_longer", "fortur_over"])
def test_the_page_leads_back(signed_in: SignIn, cast: Cast, case: Case, what: str) -> None:
    track, client = past(cast, case).track, signed_in(cast.alma)
    url = f"/arenden/{case.number}/boende/vagar/{track.pk}/fortur/"
    assert "Ändra förturens tid" in text(client.get(url))
    assert send(client, url + "tid/", what=what, valid_until=str(facts.today() + 9 * DAY)).url == url
    assert "Ändringen är sparad." in text(client.get(url))
