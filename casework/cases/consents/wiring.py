def connect() -> None:
    """What other rooms are told of at start."""
    from casework.cases import tabs
    from casework.cases.consents import moments
    from casework.drafts import slots
    from casework.policy import Permission

    tabs.register(tabs.Tab("Samtycken", "consents", Permission.CASE_READ, 60, "Samtycke och utlämnande"))
    slots.register("consent", Permission.FILE_WRITE)
    moments.connect()
