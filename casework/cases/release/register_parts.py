"""What others are asked for, told and sent: insatser, plans, consents, disclosures, letters, documents."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from casework.cases.consents.models import Consent
from casework.cases.disclosures.contents import FACTS
from casework.cases.disclosures.models import Disclosure
from casework.cases.documents.models import Document
from casework.cases.insatser.models import Insats, InsatsFollowUp
from casework.cases.letters.models import Letter
from casework.cases.letters.readers import finished
from casework.cases.release.parts import Part, register
from casework.cases.release.scope import Found, Scope, piece
from casework.cases.sip.models import Sip, SipPart
from casework.crypto import fields
from casework.swedish import iso


def insatser(scope: Scope) -> Iterator[Found]:
    """Each with its decision and what came of it."""
    came = _beside(InsatsFollowUp, "insats", scope.own(Insats))
    rows = scope.within(scope.own(Insats), "noted_on").select_related("actor", "offer")
    for row in fields.open_all(rows, "words"):
        words = row.words.open()
        yield piece(
            row,
            f"Insats: {row.get_area_display()}, {iso(row.noted_on)}",
            ("Läge", row.get_state_display()),
            ("Behov", words.need),
            ("Insats", " · ".join(str(part) for part in (row.offer, row.actor) if part)),
            ("Vem gör vad", words.who_does_what),
            ("Grund", ", ".join(part for part in (row.get_ground_display(), row.get_legal_basis_display()) if part)),
            ("Beslutad", iso(row.decided_on) if row.decided_on else ""),
            ("Beslutets innehåll", words.contents),
            ("Motivering", words.motivation),
            ("Delegation", words.delegation),
            ("Så överklagar du", words.appeal),
            ("Hinder", words.obstacles),
            ("Hur det gick", words.outcome),
            *(pair for other in came[row.pk] for pair in _follow_up(other)),
        )


def _follow_up(row: Any) -> Iterator[tuple[str, str]]:
    words = row.words.open()
    yield f"Uppföljning {iso(row.held_on)}", words.result
    yield f"Personens egen mening {iso(row.held_on)}", words.her_view


def sips(scope: Scope) -> Iterator[Found]:
    parts = _beside(SipPart, "sip", scope.own(Sip))
    for row in fields.open_all(scope.within(scope.own(Sip), "meeting_at__date"), "words"):
        words = row.words.open()
        yield piece(
            row,
            f"SIP, möte {iso(row.meeting_at)}",
            ("Läge", row.get_state_display()),
            ("Huvudansvar", row.get_responsible_display()),
            ("Mål", words.aim),
            ("Deltagare", words.parties),
            ("Ansvarig", words.responsible),
            ("Andras åtgärder", words.others),
            ("Personens egen mening", words.her_view),
            *((f"Del, {part.words.open().who}", part.words.open().what) for part in parts[row.pk]),
            ("Resultat", words.outcome),
        )


def consents(scope: Scope) -> Iterator[Found]:
    for row in fields.open_all(scope.within(scope.own(Consent), "given_on"), "words"):
        words = row.words.open()
        yield piece(
            row,
            f"Samtycke, {iso(row.given_on)} till {iso(row.until)}",
            ("Lämnat av", row.get_given_by_display()),
            ("Till", words.recipient),
            ("För", words.purpose),
            ("Vad som får sägas", words.contents),
            ("Anteckning", words.note),
            ("Återkallat", iso(row.withdrawn_at) if row.withdrawn_at else ""),
            ("Varför det återkallades", words.withdrawn),
        )


def disclosures(scope: Scope) -> Iterator[Found]:
    """The register: what was given out or refused, and why."""
    for row in fields.open_all(scope.within(scope.own(Disclosure), "asked_on"), "words"):
        words = row.words.open()
        yield piece(
            row,
            f"Utlämnande, begärt {iso(row.asked_on)}: {row.get_state_display()}",
            ("Stöd", row.get_provision_display()),
            ("Till", words.recipient),
            ("För", words.purpose),
            ("Vad", ", ".join(FACTS[key].label for key in words.facts if key in FACTS)),
            ("Annat", words.other),
            ("Avvägning", words.weighing),
            ("Förbehåll", words.reservation),
            ("Skäl", words.grounds),
        )


def letters(scope: Scope) -> Iterator[Found]:
    """Those that were printed, as they read. To which address is not kept with a letter, and never told here."""
    printed = scope.own(Letter).filter(printed_at__isnull=False)
    rows = list(scope.within(printed, "printed_at__date").select_related("template", "written_by"))
    list(fields.open_all([row.template for row in rows], "words"))
    for row in fields.open_all(rows, "words"):
        row.case = scope.case
        letter = finished(row)
        yield piece(
            row,
            f"Brev, {iso(row.printed_at)}: {row.get_recipient_display()}",
            ("Rubrik", letter.subject),
            ("", letter.body),
            ("Avsändare", letter.sender),
            ("Sätt", row.get_channel_display()),
        )


def documents(scope: Scope) -> Iterator[Found]:
    """That they are there: the files themselves are given out one by one."""
    rows = scope.within(scope.own(Document).filter(destroyed_at=None), "created_at__date")
    for row in fields.open_all(rows, "details"):
        details = row.details.open()
        title = f"Dokument: {row.get_kind_display()}, {iso(row.created_at)}"
        yield piece(row, title, ("Namn", details.name), ("Om", details.about))


def _beside(model: Any, parent: str, parents: Any) -> dict[object, list[Any]]:
    """The rows that belong to each of `parents`, by its id, with the keys of their seals fetched."""
    found: dict[object, list[Any]] = defaultdict(list)
    rows = model.objects.filter(**{f"{parent}__in": parents}).order_by("created_at")
    for row in fields.open_all(rows, "words"):
        found[getattr(row, f"{parent}_id")].append(row)
    return found


def connect() -> None:
    register(Part("insatser", "Insatser och beslut", insatser, 30, child=True))
    register(Part("sips", "SIP", sips, 32, child=True))
    register(Part("consents", "Samtycken", consents, 40, child=True))
    register(Part("disclosures", "Utlämnanden", disclosures, 42, child=True))
    register(Part("letters", "Brev", letters, 44, child=True))
    register(Part("documents", "Förteckning över dokument", documents, 46, child=True))
