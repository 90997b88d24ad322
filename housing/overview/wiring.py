def connect() -> None:
    """What other rooms are told of at start."""
    from casework import shell
    from casework.signin.models import Role

    shell.register(shell.NavItem("Boendeöversikt", "housing_overview", "house", [Role.SEKTIONSCHEF], key="o", order=52))
