def connect() -> None:
    """What other rooms are told of at start."""
    from casework.cases import actions as cases
    from contacts.assignments import actions as assignments
    from contacts.cover import actions
    from contacts.cover.handing import actions as handing

    cases.on_closing += [actions.end_all, handing.cancel_all]
    assignments.on_accepting.append(actions.end_covers_of)
