from uuid import UUID

from casework.signin.models import User


def connect() -> None:
    """What other rooms are told of at start."""
    from audit import words
    from casework.cases import tabs
    from casework.cases.documents import moments, refusals
    from casework.clients.protection import files
    from casework.policy import Permission

    tabs.register(tabs.Tab("Dokument", "documents", Permission.CASE_READ, 72, "Handlingar"))
    words.register(codes=refusals.CODES)
    files.destroy.append(destroy)
    moments.connect()


def destroy(by: User, pk: UUID) -> None:
    """Called within the act of masking."""
    from casework.cases.documents import actions

    actions.destroy_for_masking(by=by, pk=pk)
