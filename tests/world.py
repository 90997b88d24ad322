"""What stands behind the table in matrix.py: people, records, addresses, and forms rightly filled in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.http import QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from casework.cases import actions as cases
from casework.cases.models import Case, JournalNote
from casework.clients import actions as clients
from casework.clients.models import ProtectionMark
from casework.drafts import store
from casework.drafts.models import Draft
from casework.signin.models import Invite, Role, Section, SignIn, User
from contacts.assignments import actions as contacts
from contacts.models import Assignment
from tests import factories
from tests.cast import Cast
from tests.exhibits import EXHIBITS

NOBODY = UUID(int=7)
NO_CASE = "26-99999-9"
PASSWORD = "kaffe tavla regnbåge stol"
COLUMNS = {
    "contact": "alma", "deputy": "disa", "asked": "bo", "colleague": "frej", "chief": "cecilia", "chief2": "edvin",
    "other": "eva", "housing": "hanna", "planner": "dag", "log": "lo", "admin": "ada",
}  # fmt: skip


@dataclass
class Record:
    """A case and one of everything that belongs to it."""

    case: Case
    mark: ProtectionMark
    note: JournalNote
    draft: Draft
    task: Assignment
    question: Assignment
    more: dict[str, Any] = field(default_factory=dict)  # what the exhibits have laid out in the case


@dataclass
class World:
    people: dict[str, User]
    sections: dict[str, Section]
    records: dict[str, Record] = field(default_factory=dict)
    colleagues: dict[str, User] = field(default_factory=dict)
    staff: dict[str, dict[str, Any]] = field(default_factory=dict)  # what the administrator's and sign-in's pages name

    def user(self, column: str) -> User:
        return self.people[COLUMNS[column]]

    def case_number(self, record: str) -> str:
        return self.records[record].case.number if record in self.records else ""


def make_world(cast: Cast) -> World:
    """Two sections, three cases: Alma's open one, one of the other section being rounded off, and a closed one."""
    people = cast.everyone()
    for name in ("disa", "frej", "elin", "gry", "rut"):
        people[name] = _kontaktperson(name, cast.section if name in ("disa", "frej") else cast.other)
    world = World(people, {"own": cast.section, "foreign": cast.other, "closed": cast.section})
    world.colleagues = {"own": people["frej"], "foreign": people["gry"], "closed": people["frej"]}
    own = make_record(cast.cecilia, cast.alma, asked=cast.bo, deputy=people["disa"])
    foreign = make_record(cast.edvin, cast.eva, asked=people["elin"])
    cases.move_case(by=cast.edvin, case=foreign.case, name="begin_closing", reason="Klart snart")
    closed = make_record(cast.cecilia, cast.alma)
    closing = cases.move_case(by=cast.cecilia, case=closed.case, name="begin_closing", reason="Klart")
    cases.close_case(by=cast.cecilia, case=closing, closure_reason="goals_reached", note="Det gick bra")
    world.records = {"own": own, "foreign": foreign, "closed": closed}
    world.staff = _staff(people)
    for column in COLUMNS:
        RecoveryCodes.activate(world.user(column))
    return world


def _staff(people: dict[str, User]) -> dict[str, dict[str, Any]]:
    """For each record: a link to come in with, a sign-in of the contact person, and a user (the closed one blocked)."""
    now = timezone.now()
    ended = {"ended_at": now, "end_reason": SignIn.End.BY_USER}
    people["rut"].is_active = False
    people["rut"].save()
    found = {}
    for record, whose, user, end, used in (
        ("own", "alma", "frej", {}, None), ("foreign", "eva", "elin", {}, None), ("closed", "alma", "rut", ended, now),
    ):  # fmt: skip
        invite, token = Invite.new(people[user])
        invite.used_at = used
        invite.save()
        signin = SignIn.objects.create(user=people[whose], digest=token[:40], device="Firefox på Linux", **end)
        found[record] = {"token": token, "signin": signin.pk, "user": people[user].pk}
    return found


def _kontaktperson(name: str, section: Section) -> User:
    user = User(username=name, display_name=f"{name.title()} Ny", role=Role.KONTAKTPERSON, section=section)
    user.set_unusable_password()
    user.save()
    return user


def make_record(chief: User, contact: User, asked: User | None = None, deputy: User | None = None) -> Record:
    case = factories.make_case(chief, given_name="Testa", number=factories.test_number())
    task = factories.assign(chief, case, contact)
    if deputy:
        factories.assign(chief, case, deputy, "deputy")
    mark = clients.add_mark(by=chief, case=case, kind="SECRECY_MARKING", valid_from=timezone.localdate())
    note = factories.make_step(contact, case)
    draft = store.save(user=contact, slot=store.step_slot(case), path="/", post=post_data(text="Påbörjat"), case=case)
    question = task
    if asked:
        question = contacts.offer_assignment(by=chief, case=case, user=asked, kind="deputy", no_conflict=True)
    more: dict[str, Any] = {}
    for exhibit in EXHIBITS:
        more.update(exhibit.lay_out(case, contact, chief))
    case.refresh_from_db()
    return Record(case, mark, note, draft, task, question, more)


def post_data(**values: str) -> Any:
    """Fields as a request has them."""
    data = QueryDict(mutable=True)
    data.update(values)
    return data


# --- addresses --------------------------------------------------------------------------------------------------------

BY_QUESTION = {"assignment", "assignment_decline", "assignment_withdraw"}
BY_TASK = {"assignment_leave", "assignment_end"}
BY_STAFF = {
    "invite": "token", "sign_in_end": "signin", "user_change": "user", "user_block": "user", "user_unblock": "user",
    "user_clear": "user", "user_link": "user",
}  # fmt: skip


def address(world: World, name: str, use: str, record: str) -> str:
    """Where `name` lies for a record; "unknown" gives ids that nothing has."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return reverse(name, args=_arguments(world, name, use, record))


def _arguments(world: World, name: str, use: str, record: str) -> list[Any]:
    found = world.records.get(record)
    number = found.case.number if found else NO_CASE
    for exhibit in EXHIBITS:
        if name in exhibit.ARGUMENTS:
            return list(exhibit.ARGUMENTS[name](found, use))
    if name in BY_STAFF:
        return [world.staff[record][BY_STAFF[name]] if found else NOBODY]
    if name in BY_QUESTION:
        return [found.question.pk if found else NOBODY]
    if name in BY_TASK:
        return [found.task.pk if found else NOBODY]
    special: dict[str, list[Any]] = {
        "mark_end": [number, found.mark.pk if found else NOBODY],
        "note_beside": [found.note.pk if found else NOBODY, use],
        "draft_discard": [found.draft.pk if found else NOBODY],
        "autosave": [f"step:{number}" if use == "step" else use],
        "mfa_remove_webauthn": [1],
        "openid_connect_callback": ["none"],
    }
    return special.get(name, [number, use] if use else [number])


# --- forms ------------------------------------------------------------------------------------------------------------


def form(world: World, name: str, record: str, column: str = "") -> dict[str, Any]:
    """What is sent to `name`: every field rightly filled in, with a token of its own and the newest version."""
    known = FORMS | {name: fill for exhibit in EXHIBITS for name, fill in exhibit.FORMS.items()}
    filled = known.get(name, _nothing)(world, record)
    if name == "intake" and column == "chief2":
        filled["section"] = str(world.sections["foreign"].pk)
    return {"once": str(uuid4()), **filled}


def _nothing(world: World, record: str) -> dict[str, Any]:
    return {}


def _client_version(world: World, record: str) -> int:
    return world.records[record].case.client.version if record in world.records else 1


def _narrative(world: World, record: str) -> dict[str, Any]:
    version = 1
    if record in world.records:
        version = Case.objects.values_list("version", flat=True).get(pk=world.records[record].case.pk)
    return {"background": "Ny bakgrund", "wishes": "", "referral_note": "", "legal_basis": "", "version": version}


def _offer(world: World, record: str) -> dict[str, Any]:
    colleague = world.colleagues.get(record, world.people["frej"])
    return {"user": str(colleague.pk), "kind": "deputy", "conflict": "no", "message": ""}


def _user(world: World, **more: str) -> dict[str, Any]:
    return {"display_name": "Nytt namn", "role": "kontaktperson", "section": str(world.sections["own"].pk), **more}


def _today(**more: Any) -> Callable[[World, str], dict[str, Any]]:
    return lambda world, record: {
        name: str(timezone.localdate()) if value == "today" else value for name, value in more.items()
    }


def _version(**more: Any) -> Callable[[World, str], dict[str, Any]]:
    return lambda world, record: {**more, "version": _client_version(world, record)}


FORMS: dict[str, Callable[[World, str], dict[str, Any]]] = {
    "search": _today(q="Testa"),
    "intake": lambda world, record: factories.intake_data(world.sections["own"]),
    "narrative_change": _narrative,
    "identity_change": _version(given_name="Ny", family_name="Namnsson", number="", language="", spelling="on"),
    "channels_change": _version(safe_way="Ring", phone="", when="", code_word="", do_not=""),
    "address_change": _version(street="", postal_code="", town="", note="", review_on=""),
    "reveal": _today(reason="contact"),
    "mark_new": _today(kind="PROTECTED_REGISTRATION", valid_from="today", review_on="", decided_by=""),
    "mark_end": _today(ended_on="today", reason="Beslutet upphävdes"),
    "case_move": _today(reason="För att det behövs"),
    "case_close": _today(closure_reason="goals_reached", note="Det gick bra"),
    "autosave": _today(text="Ett halvt utkast"),
    "step_new": lambda world, record: factories.step_data(),
    "note_beside": _today(text="Det var en annan dag."),
    "assign": _offer,
    "assignment": _today(no_conflict="on"),
    "assignment_decline": _today(code="workload", reason=""),
    "assignment_leave": _today(reason="Vi är grannar"),
    "assignment_end": _today(close_reason="ended", reason="Byter tjänst"),
    "account_login": _today(login="okänd", password="ett fel lösenord"),
    "account_reauthenticate": _today(password="ett fel lösenord"),
    "invite": _today(password1=PASSWORD, password2=PASSWORD),
    "password_change": _today(password1=PASSWORD, password2=PASSWORD),
    "color_scheme": _today(color_scheme="dark"),
    "account": _today(shortcuts="off"),
    "user_new": lambda world, record: _user(world, username="ny.person"),
    "user_change": lambda world, record: _user(world),
    "section_new": _today(section_name="Sektion 3", branch="support"),
}
