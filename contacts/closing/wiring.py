def connect() -> None:
    """What other rooms are told of at start."""
    from casework.cases import panels
    from casework.drafts import slots
    from casework.policy import Permission
    from contacts.closing import readers

    panels.register(panels.Panel("closing", "contacts/closing/_closing.html", readers.closing_panel, order=70))
    slots.register("closing", Permission.METHOD_WRITE)
