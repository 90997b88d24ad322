def connect() -> None:
    from casework import firstrun, shell
    from casework.signin.models import Role
    from contacts.guide import actions

    roles = [Role.KONTAKTPERSON, Role.SEKTIONSCHEF]
    shell.register(shell.NavItem("Myndighetsguiden", "guide", "info", roles, key="i", order=60))
    firstrun.on_setup.append(lambda: actions.load_start(by=None))
