def connect() -> None:
    """What other rooms are told of at start."""
    from casework.cases import reminders, tabs
    from casework.cases.consents import moments, readers
    from casework.drafts import slots
    from casework.policy import Permission

    tabs.register(tabs.Tab("Samtycken", "consents", Permission.CASE_READ, 60, "Samtycke och utlämnande"))
    slots.register("consent", Permission.FILE_WRITE)
    reminders.sources.append(readers.running_out)
    moments.connect()
