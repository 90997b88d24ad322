def connect() -> None:
    """What other rooms are told of at start."""
    from audit import words
    from casework.cases import tabs
    from casework.drafts import slots
    from casework.policy import Permission
    from contacts.strengths import readers
    from contacts.strengths.models import ApprovalWay

    papers = {
        "with_places": "Med det som kan röja var personen är",
        "without_places": "Utan det som kan röja var personen är",
        "empty_sheet": "Tomt blad",
    }
    words.register(codes=dict(ApprovalWay.choices) | papers)
    slots.register(readers.SLOT, Permission.METHOD_WRITE)
    tabs.register(tabs.Tab("Styrkor", "assessment", Permission.CASE_READ, 20, "Styrkor och mål"))
