from allauth.mfa.totp.internal.auth import TOTP

from audit import trail
from audit.tags import Tag
from casework.access import key_uses
from casework.cases.models import Case
from casework.crypto import keyring, rotation
from casework.crypto.keyring import SYSTEM_OWNER, Purpose
from tests.cast import Cast


def test_a_key_that_opens_a_detail_of_the_log_is_needed(cast: Cast, case: Case) -> None:
    hers = keyring.current_key(Purpose.CLIENT, case.client_id).id
    assert key_uses.in_log({hers}) == set()
    trail.record(Tag.CASE_CHANGED, refs=[case.ref()], reason="därför", owner=case.client_id)
    assert key_uses.in_log({hers}) == {hers}
    assert key_uses.in_log({hers + 1}) == set()


def test_a_detail_about_nobody_needs_the_key_of_the_log(cast: Cast) -> None:
    logs = keyring.current_key(Purpose.LOG, SYSTEM_OWNER).id
    trail.record(Tag.SEARCHED, detail={"q": "Åsa"})
    assert key_uses.in_log({logs}) == {logs}
    assert key_uses.in_log(set()) == set()


def test_a_key_that_opens_a_second_factor_is_needed(cast: Cast) -> None:
    staff = keyring.current_key(Purpose.STAFF, SYSTEM_OWNER).id
    assert key_uses.in_second_factors({staff}) == set()
    app = TOTP.activate(cast.alma, "KRSXG5CTMVRXEZLU").instance
    app.data = {**app.data, "other": ["text", 1, {"inner": "not base64 å"}]}
    app.save()
    assert key_uses.in_second_factors({staff}) == {staff}
    assert key_uses.in_second_factors(set()) == set()


def test_every_purpose_that_rotates_has_an_answer() -> None:
    assert {Purpose.CLIENT, Purpose.LOG, Purpose.STAFF, Purpose.DRAFT} <= rotation.also_refers.keys()
    assert key_uses.nowhere({1}) == set()
