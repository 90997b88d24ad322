def connect() -> None:
    """What other rooms are told of at start."""
    from casework import shell
    from casework.cases import reminders, tabs
    from casework.drafts import slots
    from casework.policy import Permission
    from casework.signin.models import Role
    from housing.tenancies import ahead, moments, writing
    from housing.tracks import moving

    tabs.register(tabs.Tab("Hyra", "tenancies", Permission.CASE_READ, 58, "Boende"))
    coordinator = [Role.HOUSING_COORDINATOR]
    shell.register(shell.NavItem("Hyresförhållanden", "tenancies_board", "key", coordinator, order=50))
    for kind in ("tenancy", "homevisit", "homealarm"):
        slots.register(kind, Permission.HOUSING_WRITE)
    reminders.sources.append(ahead.to_do)
    moving.on_moved.append(writing.follow_track)
    moments.connect()
