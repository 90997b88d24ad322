"""Invented people around, and how tests note them."""

from typing import Any

from casework.cases import actions as cases
from casework.cases.models import Case
from casework.clients.relatives import actions
from casework.clients.relatives.models import RelatedPerson, RelatedWords, StaffTie, TieWords
from casework.signin.models import User

NUMBER, OTHER_NUMBER = "191212121212", "191001019802"
WORDS = RelatedWords(name="Rune Granberg", number=NUMBER, about="Tidigare sambo", threat="Har hotat", contact="")


def add(by: User, case: Case, *, part: str = "perpetrator", relation: str = "former_partner", **more: Any) -> Any:
    words = RelatedWords(**more) if more else WORDS
    return actions.add_related(by=by, case=case, part=part, relation=relation, words=words)


def change(by: User, related: RelatedPerson, **more: Any) -> RelatedPerson:
    facts = {"part": "network", "relation": "sibling", "words": RelatedWords(name="Gunda Nyberg"), "version": 1}
    return actions.change_related(by=by, related=related, **{**facts, **more})


def declare(by: User, name: str = "Rune Granberg", number: str = "", tie: str = "Granne") -> StaffTie:
    return actions.declare_tie(by=by, words=TieWords(name=name, number=number, tie=tie))


def close(by: User, case: Case) -> Case:
    closing = cases.move_case(by=by, case=case, name="begin_closing", reason="Klart")
    return cases.close_case(by=by, case=closing, closure_reason="moved", note="Flyttat")
