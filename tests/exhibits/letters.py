from typing import Any
from uuid import UUID, uuid4

from casework.cases.letters import actions
from casework.cases.letters.models import Letter, LetterTemplate, LetterWords, TemplateWords

# Each case has a letter to the person, filled in and not printed. The templates are everybody's.
TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out
letters                  GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
letter_new               GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
letter                   GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
letter_change            GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
letter_print             POST s---    s---   ----  ----      s-+-  -s--   -s--  ----    ----    xxx- ----  <<<<
templates                GET  x       x      x     x         +     +      x     x       x       x    x     <
template_new             GET  x       x      x     x         +     +      x     x       x       x    x     <
                         POST x       x      x     x         >     >      x     x       x       x    x     <
template_change          GET  xxxx    xxxx   xxxx  xxxx      +++-  +++-   xxxx  xxxx    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      >>>-  >>>-   xxxx  xxxx    xxxx    xxxx xxxx  <<<<
template_off             GET  xxxx    xxxx   xxxx  xxxx      +++-  +++-   xxxx  xxxx    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      >>>-  >>>-   xxxx  xxxx    xxxx    xxxx xxxx  <<<<
"""
TEXTS: set[str] = {"place_0", "place_1", "place_2", "subject", "body", "sender"}
LAST: tuple[str, ...] = ()
NOBODY = UUID(int=7)
WORDS = {"meddelandet": "Vi ses på tisdag.", "telefon till handläggaren": "010-123 45 67"}


def _version(world: Any, record: str) -> int:
    if record not in world.records:
        return 1
    pk = world.records[record].more["letter"].pk
    return int(Letter.objects.values_list("version", flat=True).get(pk=pk))


def _number(key: UUID) -> int:
    return int(LetterTemplate.objects.filter(key=key).order_by("-number").values_list("number", flat=True)[0])


def _template_version(world: Any, record: str) -> int:
    return _number(world.records[record].more["template"].key) if record in world.records else 1


def template_form(**more: Any) -> dict[str, Any]:
    """A template as its form sends it."""
    words = {"subject": "Hej", "body": "Hej!\n\n[[texten]]", "sender": ""}
    return {"title": "Hälsning", "kind": "letter_notice", **words, **more}


FORMS: dict[str, Any] = {
    "letter_new": lambda world, record: {
        "template": str(LetterTemplate.objects.filter(active=True, name="Meddelande").values_list("pk", flat=True)[0]),
        "to": "person",
    },
    "letter_change": lambda world, record: {
        "place_0": "Vi ses på onsdag.", "place_1": "010-123 45 67", "version": _version(world, record),
    },
    "letter_print": lambda world, record: {"channel": "handed", "read": "on", "version": _version(world, record)},
    "template_new": lambda world, record: template_form(),
    "template_change": lambda world, record: template_form(version=_template_version(world, record)),
}  # fmt: skip


def _in_case(found: Any, use: str) -> list[Any]:
    return [found.case.number, found.more["letter"].pk] if found else ["26-99999-9", NOBODY]


def _of_template(found: Any, use: str) -> list[Any]:
    return [found.more["template"].key if found else NOBODY]


ARGUMENTS: dict[str, Any] = {
    **dict.fromkeys(("letter", "letter_change", "letter_print"), _in_case),
    **dict.fromkeys(("template_change", "template_off"), _of_template),
}


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    actions.load_start(by=chief)
    by_name = {row.name: row for row in LetterTemplate.objects.filter(active=True)}
    letter = actions.write_letter(by=contact, case=case, template=by_name["Meddelande"])
    letter = actions.change_letter(by=contact, letter=letter, filled=WORDS, version=letter.version)
    return {"letter": letter, "template": by_name["Beslut"]}


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    from tests.canary_people import filled

    template = LetterTemplate(
        key=uuid4(), number=1, name="Mall", kind="letter_notice", written_by=user, words=filled(TemplateWords, known)
    )
    facts = {"case": person.case, "client_id": person.case.client_id, "template": template, "written_by": user}
    letter = Letter(**facts, recipient="to_person", words=filled(LetterWords, known))
    return [template, letter]
