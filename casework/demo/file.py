"""Lays in the files of the invented people: children, risk, what has come out, through the product's own acts."""

from datetime import timedelta

from django.utils import timezone

from casework.cases.exposure.actions import note_measure, report_exposure
from casework.cases.exposure.models import ExposureWords
from casework.cases.models import Case
from casework.cases.risk.actions import assess_risk
from casework.cases.risk.models import RiskWords
from casework.clients.children import actions as children
from casework.clients.children import concern_actions as concerns
from casework.clients.children import guardian_actions as guardians
from casework.clients.children.models import (
    Child,
    ChildPlaces,
    ChildWords,
    GuardianWords,
    TalkWords,
    VisitationWords,
)
from casework.clients.models import Identity
from casework.demo.helping import tell_helping
from casework.signin.models import User


def tell_file(case: Case, given: str, users: dict[str, User]) -> None:
    """What the file of one invented person holds; nothing for those of whom nothing is told."""
    tell = {"Noor": _noor, "Mirela": _mirela}.get(given)
    if tell is not None:
        tell(case, users)


def _noor(case: Case, users: dict[str, User]) -> None:
    alma = users["alma"]
    _first_risk(case, alma)
    eldest = _child(case, alma, "Yasmin", "äldsta barnet", "Lugn och ro. Vill inte byta skola en gång till.")
    _child(case, alma, "Elias", "yngsta barnet", "Någon att leka med. Sover dåligt.")
    _talk(eldest, alma)
    _guardians(eldest, alma)
    report = concerns.note_concern(
        by=alma, child=eldest, direction="made", at=timezone.now() - timedelta(days=3),
        about="Hon berättar att hon har blivit uppringd av en släkting som frågar var de bor.",
    )  # fmt: skip
    concerns.move_concern(by=alma, concern=report, name="assess", text="Inget akut behov av skydd. Mobilen är bytt.")
    tell_helping(case, alma, users["cecilia"])


def _mirela(case: Case, users: dict[str, User]) -> None:
    alma, now = users["alma"], timezone.now()
    incident = report_exposure(
        by=alma, case=case, found_at=now - timedelta(hours=30), happened_at=None, source="authority",
        words=ExposureWords(
            what="Kommunens namn stod i ett brev som skickades till den tidigare adressen.",
            how="Mallen hade domstolens ort i brevhuvudet.", who_can_know="Den tidigare partnern kan ha öppnat brevet.",
        ),
    )  # fmt: skip
    note_measure(
        by=alma, incident=incident, step="warned", done_at=now - timedelta(hours=29), not_needed=False,
        note="Ringde på det säkra sättet. Hon är hos sin syster i natt.",
    )  # fmt: skip


def _first_risk(case: Case, by: User) -> None:
    today = timezone.localdate()
    assess_risk(
        by=by, case=case, instrument="freda_danger", occasion="first", assessed_on=today - timedelta(days=40),
        assessor_level="high", own_level="medium", review_on=today + timedelta(days=50),
        words=RiskWords(
            result="11 av 20", assessor_view="Hoten har blivit fler sedan skilsmässan blev klar.",
            own_view="Tror att han lugnar sig när bodelningen är klar.",
            gap="Vi har talat om varför vi ser olika på det. Hon vill att vi går igenom det igen.",
            measures="Säkerhetsplan, byte av telefonnummer, polisanmälan.",
        ),
    )  # fmt: skip


def _child(case: Case, by: User, given: str, alias: str, needs: str) -> Child:
    child = children.add_child(
        by=by, case=case, identity=Identity(given_name=given, family_name="Påhittad"), alias=alias, lives_with=True
    )
    words = ChildWords(alias=alias, needs=needs, goals="Börja på fotboll.", strengths="Ritar och berättar gärna.")
    child = children.change_child(by=by, child=child, words=words, in_shelter=True, version=child.version)
    places = ChildPlaces(school="Påhittade skolan", agreement="Skolan ringer bara kontaktpersonen.")
    return children.change_places(by=by, child=child, places=places, version=child.version)


def _talk(child: Child, by: User) -> None:
    children.note_talk(
        by=by, child=child, talked_on=timezone.localdate() - timedelta(days=12), held=True,
        words=TalkWords(said="”Jag vill att mamma ska slippa vara rädd.”", wants="Gå kvar i samma klass."),
    )  # fmt: skip


def _guardians(child: Child, by: User) -> None:
    since = timezone.localdate() - timedelta(days=60)
    guardians.set_guardian(
        by=by, child=child, basis="custody_joint", valid_from=since, is_case_person=True, may_receive_location=True,
        may_consent=True, words=GuardianWords(basis="Domstolens beslut om vårdnad"),
    )  # fmt: skip
    guardians.set_guardian(
        by=by, child=child, basis="custody_joint", valid_from=since,
        words=GuardianWords(name="Påhittad förälder", basis="Domstolens beslut", risks="Frågar efter skolan."),
    )  # fmt: skip
    guardians.set_visitation(
        by=by, child=child, basis="pending", valid_from=since, review_on=timezone.localdate() + timedelta(days=30),
        words=VisitationWords(terms="Prövas i domstol.", risks="Kan följa efter henne.", safety="Inget umgänge nu."),
    )  # fmt: skip
