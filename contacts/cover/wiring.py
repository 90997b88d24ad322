def connect() -> None:
    """What other rooms are told of at start."""
    from casework.cases import actions as cases
    from casework.cases import panels
    from casework.drafts import slots
    from casework.policy import Permission
    from contacts.assignments import actions as assignments
    from contacts.cover import actions, readers
    from contacts.cover.handing import actions as handing

    cases.on_closing += [actions.end_all, handing.cancel_all]
    assignments.on_accepting.append(actions.end_covers_of)
    panels.register(panels.Panel("cover", "contacts/cover/_cover.html", readers.cover_panel, order=60))
    slots.register("handover", Permission.CASE_READ)
