def connect() -> None:
    """What other rooms are told of at start."""
    from casework import shell
    from casework.firstrun import on_setup
    from casework.signin.models import Role
    from housing.landlords import actions

    item = shell.NavItem("Hyresvärdar", "landlords", "people", [Role.HOUSING_COORDINATOR], key="y", order=40)
    shell.register(item)
    on_setup.append(lambda: actions.load_start(by=None))
