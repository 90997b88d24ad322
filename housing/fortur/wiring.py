def connect() -> None:
    """What other rooms are told of at start."""
    from audit import words
    from casework import shell
    from casework.cases import reminders
    from casework.drafts import slots
    from casework.policy import Permission
    from casework.signin.models import Role
    from housing.fortur import actions, hooks, readers
    from housing.fortur.models import ForturApplication
    from housing.tracks import moving

    shell.register(shell.NavItem("Förtur", "fortur_quotas", "up", [Role.HOUSING_COORDINATOR], order=35))
    slots.register("fortur", Permission.HOUSING_WRITE)
    words.register(codes=dict([*ForturApplication.Outcome.choices, *actions.RENEWALS]))
    reminders.sources.append(readers.running_out)
    moving.on_moved.append(hooks.follow)
