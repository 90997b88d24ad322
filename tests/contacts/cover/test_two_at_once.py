"""Two who complete the same handover at the same moment: it happens once, and the case is never without its person."""

import threading

import pytest
from django.db import connections

from audit.tags import Tag
from casework.access.models import AccessGrant
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.crypto import keyring
from casework.policy import Forbidden
from casework.signin.models import User
from contacts.cover.handing import actions
from contacts.models import Assignment, Handover
from tests.cast import Cast
from tests.contacts.cover.test_handing_over import plan, say_yes
from tests.fixtures import events


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_two_complete_the_same_handover_and_it_happens_once(cast: Cast, case: Case) -> None:
    plan(cast, case)
    say_yes(cast.bo)
    together, answers = threading.Barrier(2), list[str]()

    def complete(by: User) -> None:
        try:
            with keyring.scope():
                handover = Handover.objects.select_related("case", "giver", "taker").get()
                together.wait(timeout=30)
                actions.complete_handover(by=by, handover=handover, summary="Allt", missing_why="Bråttom")
            answers.append("done")
        except (Refused, Forbidden):
            answers.append("refused")
        finally:
            connections.close_all()

    both = [threading.Thread(target=complete, args=[by]) for by in (cast.alma, cast.cecilia)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(answers) == ["done", "refused"]
    assert len(events(Tag.HANDOVER_DONE)) == 1
    assert Assignment.objects.get(state="active").user == cast.bo
    assert [(row.user, row.kind) for row in AccessGrant.objects.filter(closed_at=None)] == [(cast.bo, "assignment")]
