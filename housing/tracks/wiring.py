def connect() -> None:
    """What other rooms are told of at start."""
    from casework import firstrun, shell
    from casework.cases import reminders
    from casework.drafts import slots
    from casework.policy import Permission
    from casework.signin.models import Role
    from housing.tracks import kind_actions, moments, readers

    shell.register(shell.NavItem("Vägar till ett hem", "track_kinds", "house", [Role.ADMINISTRATOR], key="v", order=40))
    slots.register("track", Permission.HOUSING_WRITE)
    firstrun.on_setup.append(lambda: kind_actions.load_start(by=None))
    reminders.sources.append(readers.reminders)
    moments.connect()
