def connect() -> None:
    """What other rooms are told of at start."""
    from casework import shell
    from casework.cases import tabs
    from casework.drafts import slots
    from casework.policy import Permission
    from casework.signin.models import Role

    roles = [Role.KONTAKTPERSON, Role.SEKTIONSCHEF, Role.HOUSING_COORDINATOR]
    shell.register(shell.NavItem("Mina anknytningar", "ties", "people", roles, key="k", order=85))
    tabs.register(tabs.Tab("Personer", "relatives", Permission.CASE_READ, 52, "Barn och personer"))
    slots.register("related", Permission.FILE_WRITE)
