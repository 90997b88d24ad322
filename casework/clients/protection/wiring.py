def connect() -> None:
    """What other rooms are told of at start."""
    from casework.cases import readers as cases
    from casework.cases import reminders, tabs
    from casework.clients.protection import derived, files, readers
    from casework.policy import Permission

    tabs.register(tabs.Tab("Skydd", "protection", Permission.CASE_READ, 45, "Trygghet"))
    cases.questions.append(cases.Question("changing", readers.changing(), readers.alert))
    files.masked.append(derived.reindex)
    reminders.sources += [readers.to_review, readers.addresses_to_review]
