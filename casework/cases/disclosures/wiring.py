def connect() -> None:
    """What other rooms are told of at start."""
    from casework.cases import tabs
    from casework.cases.disclosures import contents, moments
    from casework.drafts import slots
    from casework.policy import Permission

    tabs.register(tabs.Tab("Utlämnanden", "disclosures", Permission.CASE_READ, 62, "Samtycke och utlämnande"))
    slots.register("disclosure", Permission.DISCLOSE)
    contents.connect()
    moments.connect()
