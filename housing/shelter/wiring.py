def connect() -> None:
    """What other rooms are told of at start."""
    from casework.cases import reminders, tabs
    from casework.drafts import slots
    from casework.policy import Permission
    from housing.shelter import moments, readers

    tabs.register(tabs.Tab("Skyddat boende", "stays", Permission.CASE_READ, 57, "Boende"))
    slots.register("stay", Permission.DECIDE)
    slots.register("stayconsider", Permission.HOUSING_WRITE)
    reminders.sources.append(readers.to_watch)
    moments.connect()
