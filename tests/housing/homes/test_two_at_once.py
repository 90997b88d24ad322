"""Many who hold one home at the same moment: one of them gets it, however often they try."""

import threading
from collections import Counter

import pytest
from django.db import OperationalError, connection, connections

from casework.cases.rules import Refused
from casework.crypto import keyring
from casework.signin.models import User
from housing.homes.models import Home, HomeHold
from housing.tracks.models import Track
from tests.cast import Cast
from tests.housing import made
from tests.housing.homes import about

THREADS = 8
# SQLite has one writer, which the others wait for; PostgreSQL lets them all in at once.
ROUNDS = {"postgresql": 250, "sqlite": 4}


def attempts(by: User, home: Home, track: Track, start: threading.Barrier, answers: Counter[str]) -> None:
    try:
        start.wait(timeout=60)
        for _ in range(ROUNDS[connection.vendor]):
            try:
                with keyring.scope():
                    about.hold(by, home, track)
                answers["held"] += 1
            except Refused:
                answers["refused"] += 1
            except OperationalError as busy:
                answers[str(busy)] += 1
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_two_homes_of_one_building_are_never_held_unseen_for_two(cast: Cast) -> None:
    homes = [about.safe(cast.hanna, street="Ekgatan 3", town="Malmö") for _ in range(2)]
    tracks = [made.make_track(made.make_need(cast.bo, about.other_case(cast))) for _ in homes]
    start, answers = threading.Barrier(2), [Counter[str]() for _ in homes]
    workers = [
        threading.Thread(target=attempts, args=[cast.hanna, home, track, start, mine])
        for home, track, mine in zip(homes, tracks, answers, strict=True)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(answers, Counter[str]())["held"] == 1
    assert HomeHold.objects.count() == 1


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_one_home_is_never_held_for_two(cast: Cast) -> None:
    home = about.safe(cast.hanna)
    tracks = [made.make_track(made.make_need(cast.bo, about.other_case(cast))) for _ in range(THREADS)]
    start, answers = threading.Barrier(THREADS), [Counter[str]() for _ in range(THREADS)]
    workers = [
        threading.Thread(target=attempts, args=[cast.hanna, home, track, start, mine])
        for track, mine in zip(tracks, answers, strict=True)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    total = sum(answers, Counter[str]())
    assert total["held"] == 1
    assert total["refused"] == THREADS * ROUNDS[connection.vendor] - 1
    assert HomeHold.objects.count() == 1
    assert Home.objects.get(pk=home.pk).state == "home_offered"
    assert [track.state for track in Track.objects.filter(holds__isnull=False)] == ["offered"]
    assert Track.objects.filter(state="planned").count() == THREADS - 1
