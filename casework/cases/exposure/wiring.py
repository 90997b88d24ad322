def connect() -> None:
    """What other rooms are told of at start."""
    from casework import shell
    from casework.cases import readers as cases
    from casework.cases import tabs
    from casework.cases.exposure import moments, readers
    from casework.cases.risk.triggers import triggers
    from casework.drafts import slots
    from casework.policy import Permission
    from casework.signin.models import Role

    shell.register(shell.NavItem("Röjningar", "exposures", "warning", [Role.SEKTIONSCHEF], key="x", order=55))
    slots.register("exposure", Permission.FILE_WRITE)
    tabs.register(tabs.Tab("Röjning", "exposure_new", Permission.FILE_WRITE, 48, "Trygghet"))
    cases.questions.append(cases.Question("exposed", readers.followed(), readers.alert))
    triggers.append(readers.calls_for_risk)
    moments.connect()
