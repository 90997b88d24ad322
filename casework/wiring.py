"""What the program connects at start: the log's sealer, the read event's hook, what is logged, and the keys."""

from uuid import UUID

from audit import logged, trail
from casework.access import visit
from casework.crypto import envelope, fields, keyring
from casework.crypto.keyring import SYSTEM_OWNER, Purpose


def connect() -> None:
    from casework.access.models import AccessGrant
    from casework.cases.models import Case, JournalNote
    from casework.clients.models import Client, ProtectionMark
    from casework.signin.models import Section, User

    trail.register_sealer(seal_detail, open_detail)
    fields.on_open.append(visit.on_open)
    for model in (AccessGrant, Case, Client, JournalNote, ProtectionMark, Section, User):
        logged.register(model)
    navigation()


def navigation() -> None:
    from casework import shell
    from casework.signin.models import Role

    shell.register(shell.NavItem("Ta emot", "intake", "plus", [Role.SEKTIONSCHEF], key="t", order=20))
    shell.register(shell.NavItem("Loggen", "log", "log", [Role.LOG_REVIEWER], key="l", order=10))
    shell.register(shell.NavItem("Roller", "roles", "shield", list(Role), key="r", order=90))
    shell.register_search(Role.KONTAKTPERSON, Role.SEKTIONSCHEF)
