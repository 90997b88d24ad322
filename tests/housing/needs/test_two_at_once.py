"""Several who do the same at the same moment: a case gets one need, and it is handed over or taken back once."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.crypto import keyring
from housing.needs import actions
from housing.needs.models import HousingNeed, NeedVersion
from tests.cast import Cast
from tests.fixtures import events
from tests.housing.needs.facts import profile, write

real_commits = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
THREADS = 4


def at_once(act: Callable[[], Any]) -> list[str]:
    """What each of several got: "done" or "refused"."""
    together, answers = threading.Barrier(THREADS), list[str]()

    def run() -> None:
        try:
            with keyring.scope():
                together.wait(timeout=30)
                act()
            answers.append("done")
        except Refused:
            answers.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(THREADS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return sorted(answers)


@real_commits
def test_a_case_gets_one_need_and_it_takes_one_course(cast: Cast, case: Case) -> None:
    once = ["done", *["refused"] * (THREADS - 1)]
    facts: dict[str, Any] = {"by": cast.alma, "urgency": "month", "profile": profile()}
    assert at_once(lambda: actions.write_need(case=case, **facts)) == once
    assert (HousingNeed.objects.count(), NeedVersion.objects.count()) == (1, 1)
    need = HousingNeed.objects.select_related("case").get()
    assert at_once(lambda: actions.publish_need(by=cast.alma, need=need)) == once
    assert at_once(lambda: actions.withdraw_need(by=cast.alma, need=need, why="need_person")) == once
    assert [len(events(tag)) for tag in (Tag.NEED_WRITTEN, Tag.NEED_PUBLISHED, Tag.NEED_ENDED)] == [1, 1, 1]
    assert write(cast, case).state == "draft"
