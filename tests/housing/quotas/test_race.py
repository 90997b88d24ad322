"""Many at once over one quota: it is used up to the last home and never passed."""

import threading

import pytest
from django.db import OperationalError, connection, connections

from audit import trail
from audit.tags import Tag
from casework.cases.rules import Refused
from casework.crypto import keyring
from housing.kompott.models import AgreementMember
from housing.quotas import actions, taking
from housing.quotas.models import Quota
from tests.cast import Cast
from tests.housing.kompott import sides

THREADS, HOMES = 8, 20


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_many_attempts_over_one_quota_never_pass_it(cast: Cast) -> None:
    """SQLite lets one write at a time, so a tenth of the attempts tells as much there."""
    attempts = 2_000 if connection.vendor == "postgresql" else 200
    member = sides.own_member(sides.make_agreement(cast.hanna))
    actions.set_quota(by=cast.hanna, member=member, year=2026, homes=HOMES)
    together, taken, errors = threading.Barrier(THREADS), list[int](), list[BaseException]()

    def run() -> None:
        try:
            with keyring.scope():
                together.wait(timeout=30)
                for _ in range(attempts // THREADS):
                    attempt(member, taken)
        except BaseException as problem:  # told of below, where the test sees it
            errors.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(THREADS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not errors
    quota = Quota.objects.get()
    assert (quota.taken, len(taken), max(taken)) == (HOMES, HOMES, HOMES)


def attempt(member: AgreementMember, taken: list[int]) -> None:
    try:
        with trail.act(Tag.KOMPOTT_MOVED):
            quota = taking.take(member=member, year=2026)
        taken.append(quota.taken)
    except (Refused, OperationalError):
        return
