from typing import Any

from casework.clients.relatives import actions
from casework.clients.relatives.models import RelatedPerson, RelatedWords, StaffTie, TieWords

TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out
relatives                GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
related_new              GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
related_compare          POST x---    x---   ----  ----      +-+-  -+--   -x--  ----    ----    xxx- ----  <<<<
related_change           GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
related_end              GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
ties                     GET  +       +      +     +         +     +      +     +       x       x    x     <
ties_check               POST >       >      >     >         >     >      >     >       x       x    x     <
tie_new                  GET  +       +      +     +         +     +      +     +       x       x    x     <
                         POST >       >      >     >         >     >      >     >       x       x    x     <
tie_end                  GET  +-+-    ----   ----  ----      ----  ----   -+--  ----    xxxx    xxxx xxxx  <<<<
                         POST >->-    ----   ----  ----      ----  ----   ->--  ----    xxxx    xxxx xxxx  <<<<
"""
TEXTS = {"name", "about", "threat", "contact", "tie"}
LAST: tuple[str, ...] = ()
NOBODY = "00000000-0000-0000-0000-000000000007"


def _version(world: Any, record: str) -> str:
    if record not in world.records:
        return "1"
    pk = world.records[record].more["related"].pk
    return str(RelatedPerson.objects.values_list("version", flat=True).get(pk=pk))


FORMS: dict[str, Any] = {
    "related_new": lambda world, record: {
        "part": "perpetrator", "relation": "former_partner", "name": "Rune Granberg", "number": "",
        "about": "Bor i samma stad", "threat": "Har hotat", "contact": "",
    },
    "related_change": lambda world, record: {
        "part": "network", "relation": "sibling", "name": "Rune Granberg", "number": "", "about": "Ett stöd",
        "threat": "", "contact": "Ring dagtid", "version": _version(world, record),
    },
    "related_end": lambda world, record: {"reason": "De har ingen kontakt"},
    "tie_new": lambda world, record: {"name": "Gunda Nyberg", "number": "", "tie": "Granne"},
}  # fmt: skip
ARGUMENTS: dict[str, Any] = {
    **{
        name: lambda found, use: [
            found.case.number if found else "26-99999-9",
            found.more["related"].pk if found else NOBODY,
        ]
        for name in ("related_change", "related_end")
    },
    "tie_end": lambda found, use: [found.more["tie"].pk if found else NOBODY],
}


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    words = RelatedWords(name="Rune Granberg", about="Tidigare sambo", threat="Har hotat")
    related = actions.add_related(by=contact, case=case, part="perpetrator", relation="former_partner", words=words)
    tie = actions.declare_tie(by=contact, words=TieWords(name="Gunda Nyberg", tie="Granne"))
    return {"related": related, "tie": tie}


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    from tests.canary_people import filled

    related = RelatedPerson(
        case=person.case, client_id=person.case.client_id, part="network", relation="sibling", noted_by=user,
        words=filled(RelatedWords, known),
    )  # fmt: skip
    return [related, StaffTie(user=user, words=filled(TieWords, known))]
