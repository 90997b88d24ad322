"""What the case itself holds: the journal, what the case is about, risks, the safety plan and what has come out."""

from collections import defaultdict
from collections.abc import Iterator

from casework.cases.codes import PlaceType
from casework.cases.exposure.models import ExposureIncident, ExposureMeasure
from casework.cases.models import JournalNote
from casework.cases.release.parts import Part, register
from casework.cases.release.scope import Found, Scope, piece
from casework.cases.risk.models import RiskAssessment
from casework.cases.safety.models import SafetyPlan
from casework.crypto import fields
from casework.swedish import iso, stamp

STEP = JournalNote.Entry.STEP


def notes(scope: Scope) -> Iterator[Found]:
    """The signed steps, each followed by what was later noted beside it."""
    steps = scope.within(scope.own(JournalNote).filter(entry=STEP), "occurred_at__date").select_related("author")
    beside: dict[object, list[JournalNote]] = defaultdict(list)
    later = scope.own(JournalNote).exclude(entry=STEP).select_related("author").order_by("signed_at")
    rows, others = list(steps), list(later)
    for note in fields.open_all([*rows, *others], "content"):
        beside[note.about_id].append(note)
    for step in rows:
        yield from (_note(note) for note in (step, *beside[step.pk]))


def _note(note: JournalNote) -> Found:
    words, step = note.content.open(), note.entry == STEP
    title = f"Journal: {note.get_kind_display()}" if step else f"Till anteckningen ovan: {note.get_entry_display()}"
    codes = (note.get_place_display(), note.get_way_display(), note.get_outcome_display())
    return piece(
        note,
        f"{title}, {stamp(note.occurred_at)}, {note.author.display_name}",
        ("", words.text),
        ("Plats, sätt och utfall", ", ".join(codes) if step else ""),
        (
            "Slags plats",
            ", ".join(part for part in (note.get_place_type_display(), note.get_exposure_display()) if part),
        ),
        ("Minuter", note.minutes),
        ("Aktör", words.actor),
        ("Nästa steg", words.next_step),
        ("Nästa steg senast", iso(note.next_on) if note.next_on else ""),
    )


def narrative(scope: Scope) -> Iterator[Found]:
    """It has no day of its own and is never left out for the time asked for."""
    words = scope.case.narrative.open()
    yield piece(
        scope.case,
        f"Om ärendet, mottaget {iso(scope.case.taken_in_on)}",
        ("Hur ärendet kom", words.referral_note),
        ("Bakgrund", words.background),
        ("Önskemål", words.wishes),
        ("Hur det gick", words.closure_note),
    )


def risks(scope: Scope) -> Iterator[Found]:
    rows = scope.within(scope.own(RiskAssessment), "assessed_on").select_related("assessed_by")
    for row in fields.open_all(rows, "words"):
        words = row.words.open()
        yield piece(
            row,
            f"Riskbedömning: {row.get_instrument_display()}, {iso(row.assessed_on)}, {row.assessed_by.display_name}",
            ("Anledning", row.get_occasion_display()),
            ("Bedömarens uppfattning", row.get_assessor_level_display()),
            ("Personens egen uppfattning", row.get_own_level_display()),
            ("Resultat", words.result),
            ("Så ser bedömaren på risken", words.assessor_view),
            ("Så ser personen på risken", words.own_view),
            ("Det ni ser olika på", words.gap),
            ("Åtgärder", words.measures),
        )


def safety(scope: Scope) -> Iterator[Found]:
    """As it is now; it has no earlier numbers."""
    places = dict(PlaceType.choices)
    for row in fields.open_all(scope.own(SafetyPlan), "words"):
        words = row.words.open()
        avoid = ", ".join(str(places.get(place, place)) for place in words.avoid or [])
        yield piece(
            row,
            f"Säkerhetsplan, ses över {iso(row.review_on)}",
            ("Undviker", avoid),
            ("Överenskommet", words.advice),
            sensitive=True,
        )


def exposures(scope: Scope) -> Iterator[Found]:
    """What has come out and what was done, step by step."""
    measures: dict[object, list[ExposureMeasure]] = defaultdict(list)
    for measure in fields.open_all(ExposureMeasure.objects.filter(incident__in=scope.own(ExposureIncident)), "words"):
        measures[measure.incident_id].append(measure)
    for row in fields.open_all(scope.within(scope.own(ExposureIncident), "found_at__date"), "words"):
        words = row.words.open()
        yield piece(
            row,
            f"Röjning, upptäckt {stamp(row.found_at)}",
            ("Kom ut genom", row.get_source_display()),
            ("Vad", words.what),
            ("Hur", words.how),
            ("Vilka kan veta", words.who_can_know),
            ("Lärdomar", words.lessons),
            *((_step(measure), measure.words.open().note or "Gjort") for measure in measures[row.pk]),
        )


def _step(measure: ExposureMeasure) -> str:
    return f"{measure.get_step_display()}, {stamp(measure.done_at)}"


def connect() -> None:
    register(Part("narrative", "Om ärendet", narrative, 10))
    register(Part("notes", "Journal, med rättelser", notes, 12))
    register(Part("risks", "Riskbedömningar", risks, 20))
    register(Part("safety", "Säkerhetsplan", safety, 22))
    register(Part("exposures", "Röjningar", exposures, 24))
