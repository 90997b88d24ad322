"""What the pages show of letters and templates. Every opened seal ends in the page's read event by itself."""

from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone

from casework import policy
from casework.cases.insatser.models import Actor
from casework.cases.insatser.rules import decision_text_faults
from casework.cases.letters import delivery, inference, known, places, rules
from casework.cases.letters.delivery import Way
from casework.cases.letters.inference import Finding
from casework.cases.letters.models import Letter, LetterTemplate
from casework.cases.letters.places import Finished
from casework.cases.models import Case
from casework.cases.rules import allowed
from casework.clients.children import readers as children
from casework.clients.children.models import Guardian
from casework.clients.protection.handling import Handling, handling_of
from casework.signin.models import Section

PUBLIC = "Beslutet kan bli offentligt (OSL 26 kap. 7 §)."
NO_LETTER, NO_TEMPLATE = "Brevet finns inte i ärendet.", "Brevmallen finns inte."
WITH = ("template", "guardian__child__client", "actor", "written_by", "printed_by")
PERSON = "person"


def letters_of(case: Case) -> list[Letter]:
    """The letters of a case, newest first. Opens no seal."""
    return list(Letter.objects.filter(case=case).select_related("template", "written_by").defer("template__words"))


def letter_of(case: Case, pk: UUID) -> Letter:
    """A letter of this case. Raises NotFound."""
    letter = Letter.objects.filter(case=case, pk=pk).select_related(*WITH).first()
    if letter is None:
        raise policy.NotFound(NO_LETTER, [case.ref()])
    letter.case = case
    return letter


def finished(letter: Letter) -> Finished:
    """The letter put together from its template's version and what was written; with the day it was printed."""
    day = timezone.localdate(letter.printed_at or timezone.now())
    handler = letter.written_by.display_name
    words, filled = letter.template.words.open(), letter.words.open().filled or {}
    return places.finish(words, filled, number=letter.case.number, handler=handler, day=day)


def findings(letter: Letter, done: Finished) -> list[Finding]:
    """What its reader can see and understand. A guardian who may not know where the child is may read of no place."""
    guardian = letter.guardian
    hidden = guardian is not None and not guardian.is_case_person and not guardian.may_receive_location
    decision = letter.template.kind == LetterTemplate.Kind.DECISION
    found = inference.find(known.gather(letter), done, places_hard=decision or hidden)
    faults = decision_text_faults(letter.case, done.typed) if decision else []
    return [*(Finding(f"{PUBLIC} Ta bort {what}.", hard=True) for what in faults), *found]


def handling(letter: Letter) -> Handling:
    """How the letter may go: what is written to a guardian is about a child, who has a protection of her own."""
    about = [letter.guardian.child.client] if letter.guardian is not None else []
    return handling_of(letter.case.client, *about)


def ways(letter: Letter, handling: Handling) -> list[Way]:
    return list(delivery.ways(letter, handling))


def do_not(case: Case) -> str:
    """What must not be done when she is reached, beside the choice of how a letter goes."""
    return str(case.client.channels.open().do_not)


def begin(letter: Letter) -> dict[str, Any]:
    """What the form for a letter's places begins with: its own words only."""
    filled = letter.words.open().filled or {}
    typed = {f"place_{at}": filled.get(key, "") for at, key in enumerate(wanted(letter))}
    return {**typed, "version": letter.version}


def wanted(letter: Letter) -> dict[str, str]:
    """The places that the writer fills in: key -> label."""
    return places.places(letter.template.words.open())


def recipients(case: Case) -> list[tuple[str, str]]:
    """To whom a letter can be written, by no name of a person: (value, label)."""
    aliases = {child.pk: child.alias for child in children.children_of(case)}  # type: ignore[attr-defined]
    rows = Guardian.objects.filter(case=case)
    guardians = {row.pk: _label(row, aliases[row.child_id]) for row in rows if allowed(rules.check_guardian, row, case)}
    many = Counter(guardians.values())
    at: Counter[str] = Counter()
    for pk, label in guardians.items():
        at[label] += 1
        guardians[pk] = f"{label} ({at[label]} av {many[label]} på barnets sida)" if many[label] > 1 else label
    actors = Actor.objects.filter(active=True).defer("words")
    return [
        (PERSON, "Personen i ärendet"),
        *((f"guardian:{pk}", label) for pk, label in guardians.items()),
        *((f"actor:{row.pk}", row.name) for row in actors),
    ]


def _label(guardian: Guardian, alias: str) -> str:
    own = " (personen i ärendet)" if guardian.is_case_person else ""
    return f"Vårdnadshavare för {alias}: {guardian.get_basis_display().lower()}{own}"


def recipient(case: Case, value: str) -> dict[str, Any]:
    """What the act takes for a choice of `recipients`. Raises NotFound."""
    kind, _, pk = value.partition(":")
    if kind == "guardian":
        return {"guardian": _one(Guardian.objects.filter(case=case), pk, case)}
    return {"actor": _one(Actor.objects.all(), pk, case)} if kind == "actor" else {}


def _one(rows: Any, pk: str, case: Case) -> Any:
    row = rows.filter(pk=pk).first()
    if row is None:
        raise policy.NotFound("Mottagaren finns inte längre.", [case.ref()])
    return row


def in_use() -> list[LetterTemplate]:
    """The templates to choose from, without their words."""
    return list(LetterTemplate.objects.filter(active=True).defer("words"))


def version_of(pk: str) -> LetterTemplate:
    """A version of a template by its own id. Raises NotFound."""
    found = LetterTemplate.objects.filter(pk=pk).first()
    if found is None:
        raise policy.NotFound(NO_TEMPLATE)
    return found


def newest() -> list[LetterTemplate]:
    """The newest version of every template, those in use first, without their words."""
    rows = LetterTemplate.objects.select_related("written_by").defer("words").order_by("key", "number")
    return sorted({row.key: row for row in rows}.values(), key=lambda row: (not row.active, row.name))


def template_of(key: UUID) -> LetterTemplate:
    """The newest version of a template. Raises NotFound."""
    found = LetterTemplate.objects.filter(key=key).order_by("-number").first()
    if found is None:
        raise policy.NotFound(NO_TEMPLATE)
    return found


def begin_template(template: LetterTemplate) -> dict[str, Any]:
    words = template.words.open()
    told = {name: getattr(words, name) for name in ("subject", "body", "sender")}
    return {"title": template.name, "kind": template.kind, **told, "version": template.number}


def warnings(texts: Iterable[str]) -> list[str]:
    """What a template says by itself that could give somebody away."""
    found = inference.in_template("\n".join(texts), Section.objects.values_list("name", flat=True))
    return list(dict.fromkeys(finding.text for finding in found))
