def connect() -> None:
    from casework import shell
    from casework.signin.models import Role

    shell.register(shell.NavItem("Mina ärenden", "caseload", "cases", [Role.KONTAKTPERSON], key="m", order=10))
    shell.register(shell.NavItem("Sektionen", "section", "people", [Role.SEKTIONSCHEF], key="s", order=10))
