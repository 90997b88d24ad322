def connect() -> None:
    """What other rooms are told of at start."""
    from casework import shell
    from casework.cases import readers as cases
    from casework.cases.exposure import moments, readers
    from casework.drafts import slots
    from casework.policy import Permission
    from casework.signin.models import Role

    shell.register(shell.NavItem("Röjningar", "exposures", "warning", [Role.SEKTIONSCHEF], key="x", order=55))
    slots.register("exposure", Permission.FILE_WRITE)
    cases.alert_sources.append(readers.alert)
    moments.connect()
