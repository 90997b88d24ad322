"""Every receiver at every stage: its paper, or its page, holds exactly what the table says and nothing else of her."""

import re
from typing import Any

import pytest

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from casework.clients.children import actions as children
from casework.clients.children.models import ChildPlaces
from casework.signin.models import User
from housing.fortur.models import ForturApplication, ForturWords
from housing.stages import actions, packet, readers, table
from housing.stages.models import Stage
from housing.tracks.models import Receiver, Track, TrackWords
from tests.casework.consents.conftest import MakeChild, child_of
from tests.casework.disclosures.conftest import full
from tests.cast import Cast
from tests.fixtures import SignIn, text
from tests.housing import made
from tests.housing.stages.conftest import PHONE, Way, ask, climb, make_hold, make_way, take, text_of

__all__ = ["child_of", "full"]

# What tells that a field is there: a value that stands nowhere else, or its label.
SIGNS = {
    "household": "Vuxna", "children": "13–14 år", "rooms": "Rum, minst", "max_rent": "Hyra, högst", "areas": "Väster",
    "avoid": "Lund", "region": "Trelleborg", "access": "Dusch utan kant", "pets": "Djur", "obstacles": "Skulder",
    "threat": "hedersmotiv", "urgency": "Inom en månad", "waiting_since": "Väntar sedan", "home": "Xyzgatan 3",
    "contact": PHONE, "certificate": "Xyzintyg", "name": "Öberg-Lind", "number": "18900101-9802",
}  # fmt: skip
NEVER = (
    "Xyznotering", "Xyzerbjudande", "Xyzsteg", "Wyxgatan", "98765", "Wyxstad", "Wyxporten", "Wyxkommun", "Wyxtingsrätt",
    "Wyxarbete", "Wyxhem", "Wyxvårdcentral", "Wyxsätt", "0700-000001", "Plommonträd", "Wyxiska", "Wyxjouren", "Wyxråd",
    "Wyxrisk", "Wyxbehov", "Plyxer", "Plyxson", "Qvirina", "Äldsta", "Zaxskolan", "Zaxvård", "Zaxklubben",
    "våld", "jour", "socialtjänst", "Skydd", "skydd", "Kontaktstöd", "Boendesamordnare",
)  # fmt: skip
# The program says its own name, and what a coordinator's part is, on its own pages.
OWN_WORDS = {"Kontaktstöd", "Boendesamordnare", "skydd", "Skydd"}
OUTSIDE = [(r.value, s.value) for r in Receiver if r != Receiver.COORDINATOR for s in table.stages_of(r)]


@pytest.fixture
def whole(cast: Cast, full: Case, child_of: MakeChild) -> Case:
    """Everything there is to know is known, of the child too."""
    child = child_of(8)
    places = ChildPlaces(school="Zaxskolan", care="Zaxvård", leisure="Zaxklubben", agreement="Zaxhämtning")
    children.change_places(by=cast.alma, child=child, places=places, version=1)
    return Case.objects.select_related("client", "section").get(pk=full.pk)


def laid_out(cast: Cast, case: Case, receiver: str) -> Way:
    """A way with words in all that is written of it, a home that is reserved and a certificate that is approved."""
    way = make_way(cast, case, receiver)
    with trail.act(Tag.IMPORTED):
        way.track.words = TrackWords(note="Xyznotering", next_step="Xyzsteg", offer="Xyzerbjudande")
        way.track.save()
        application = ForturApplication(
            track=way.track, case=case, client_id=case.client_id, landlord=made.make_landlord(), lease="first_hand",
            written_by=cast.alma, approved_by=cast.cecilia, approved_at=case.created_at,
            words=ForturWords(certificate="Xyzintyg om boendet"),
        )  # fmt: skip
        application.save()
    make_hold(way, "hold_reserved")
    take(way)
    return way


def fresh(way: Way) -> Track:
    return Track.objects.select_related("kind", "need", "coordinator", "case__client").get(pk=way.track.pk)


def signs_in(page: str) -> set[str]:
    return {key for key, sign in SIGNS.items() if re.search(rf"(?<!\w){re.escape(sign)}(?!\w)", page)}


def paper(user: User, way: Way) -> str:
    return re.sub(r"\s+", " ", text_of(packet.packet(user, fresh(way), way.track.kind.receiver)))


@pytest.mark.parametrize(("receiver", "stage"), OUTSIDE)
def test_a_paper_holds_what_the_table_says(cast: Cast, whole: Case, receiver: str, stage: str) -> None:
    way = laid_out(cast, whole, receiver)
    climb(way, *(one for one in table.stages_of(receiver) if table.RANK[one] <= table.RANK[stage]))
    page = paper(cast.alma, way)
    assert signs_in(page) == table.allowed(receiver, stage)
    never = (*NEVER, whole.number, whole.pseudonym, way.need.token, "Åsa" if stage != Stage.NAMED else whole.number)
    assert [word for word in never if word in page] == []
    labels = [label for label, _ in readers.told(fresh(way), receiver, cast.alma)]
    assert set(labels) == {table.LABELS[key] for key in table.allowed(receiver, stage)}


def rise(way: Way, stage: str) -> None:
    """The coordinator comes this far."""
    if table.RANK[stage] >= table.RANK[Stage.MATCHED]:
        make_hold(way, "hold_reserved")
    if table.RANK[stage] >= table.RANK[Stage.CONSENTED]:
        ask(way, Stage.CONSENTED, receiver="coordinator")
    if stage == Stage.NAMED:
        actions.let_in(by=way.contact, track=way.track, consent=way.consent)


@pytest.mark.parametrize("stage", [stage.value for stage in Stage if stage != Stage.TOKEN])
def test_the_coordinators_page_holds_what_the_table_says(
    cast: Cast, whole: Case, signed_in: SignIn, stage: str
) -> None:
    way = make_way(cast, whole, "private_landlord")
    with trail.act(Tag.IMPORTED):
        way.track.words = TrackWords(note="Xyznotering", next_step="Xyzsteg", offer="Xyzerbjudande")
        way.track.save()
    take(way)
    rise(way, stage)
    page = text(signed_in(cast.hanna).get(f"/boende/behov/{way.need.token}/vagar/{way.track.kind.key}/vet/"))
    assert signs_in(page) == table.allowed("coordinator", stage) - {"home", "name"}
    home = re.search(r">H-\d+<", page)
    assert bool(home) == ("home" in table.allowed("coordinator", stage))
    never = ({*NEVER} - OWN_WORDS) | {whole.number, whole.pseudonym, "Åsa", "Öberg", "Xyzgatan", "Xyzstad"}
    assert [word for word in never if word in page] == []
    assert ("Varför behöver du se namnet?" in page) == (stage == Stage.NAMED)


def test_the_page_in_the_case_tells_what_would_be_told_and_opens_nothing(
    cast: Cast, whole: Case, signed_in: SignIn
) -> None:
    way: Any = laid_out(cast, whole, "private_landlord")
    climb(way, "stage_matched", "stage_consented", "stage_named")
    page = text(signed_in(cast.alma).get(f"/arenden/{whole.number}/boende/vagar/{way.track.pk}/vem-vet-vad/"))
    values = {sign for key, sign in SIGNS.items() if sign not in table.LABELS.values()} - {"Väntar sedan"}
    assert [value for value in (*values, "Åsa", "Wyxgatan", "Qvirina") if value in page] == []
    assert "Får\u00a0veta" in page
