"""What the program connects at start: the log's sealer and words, the read event's hook, what is logged, the menu."""

from importlib import import_module
from typing import Any


def connect() -> None:
    from audit import logged, trail, words
    from casework.access import details, key_uses, visit
    from casework.access.models import AccessGrant
    from casework.cases import panels
    from casework.cases.forms import RevealForm
    from casework.cases.models import Case, JournalNote
    from casework.cases.safety import readers as safety
    from casework.cases.timeline import sources, summary
    from casework.clients.models import Client, ProtectionMark
    from casework.crypto import fields, keyring, rotation
    from casework.crypto.errors import KeyMissing
    from casework.drafts import slots
    from casework.policy import Permission
    from casework.signin import adapters, checks, signals  # noqa: F401
    from casework.signin.models import Role, Section, User
    from casework.subjects import SUBJECTS

    trail.register_sealer(details.seal, details.unseal, KeyMissing)
    fields.on_open.append(visit.on_open)
    keyring.on_key_act.append(key_act)
    key_uses.connect()
    for model in (AccessGrant, Case, Client, JournalNote, ProtectionMark, Section, User):
        logged.register(model)
    words.register(roles=dict(Role.choices), codes=reason_codes(AccessGrant, RevealForm))
    signals.connect()
    rotation.also_refers[keyring.Purpose.STAFF] = adapters.key_ids_in_use
    slots.register("safety", Permission.METHOD_WRITE)
    panels.register(panels.Panel("safety", "casework/_safety.html", safety.safety_panel, order=18))
    sources.connect()
    summary.connect()
    for subject in SUBJECTS:
        import_module(f"casework.{subject}.wiring").connect()
    navigation(Role)
    case_pages()


def key_act(act: str, facts: dict[str, Any]) -> None:
    """A key was made, changed or destroyed: the log says which, never what it is."""
    from audit import trail
    from audit.tags import Tag

    tags = {
        "create": Tag.KEY_CREATED,
        "rotate_kek": Tag.KEK_ROTATED,
        "rotate_dek": Tag.DEK_ROTATED,
        "destroy": Tag.KEY_DESTROYED,
    }
    trail.record(tags[act], fields=[f"{name} {value}" for name, value in sorted(facts.items())])


def reason_codes(grant: Any, reveal: Any) -> dict[str, str]:
    from casework.cases.codes import ClosureReason
    from casework.signin.models import Role, SignIn
    from casework.signin.signals import FAILED_BY

    found = {
        **dict(ClosureReason.choices),
        **dict(grant.Close.choices),
        **dict(grant.Kind.choices),
        **dict(reveal.REASONS),
        **dict(SignIn.End.choices),
        **dict(Role.choices),
        **FAILED_BY,
    }
    return {str(code): str(label) for code, label in found.items()}


def navigation(role: Any) -> None:
    from casework import shell

    shell.register(shell.NavItem("Ta emot", "intake", "plus", [role.SEKTIONSCHEF], key="t", order=20))
    shell.register(shell.NavItem("Loggen", "log", "log", [role.LOG_REVIEWER], key="l", order=10))
    shell.register(shell.NavItem("Användare", "users", "users", [role.ADMINISTRATOR], key="a", order=10))
    shell.register(shell.NavItem("Roller", "roles", "shield", list(role), key="r", order=90))
    shell.register_search(role.KONTAKTPERSON, role.SEKTIONSCHEF)


def case_pages() -> None:
    from casework.cases.tabs import Tab, register
    from casework.policy import Permission

    register(Tab("Översikt", "case", Permission.CASE_READ, 10, "Översikt"))
    register(Tab("Tidslinje", "timeline", Permission.CASE_READ, 11, "Översikt"))
    register(Tab("Sammanfattning", "summary", Permission.CASE_READ, 12, "Översikt"))
    register(Tab("Logg", "case_log", Permission.CASE_LOG, 13, "Översikt"))
    register(Tab("Säkerhetsplan", "safety", Permission.CASE_READ, 40, "Trygghet"))
