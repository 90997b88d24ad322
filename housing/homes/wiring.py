def connect() -> None:
    """What other rooms are told of at start."""
    from audit import words
    from casework import shell
    from casework.cases import tabs
    from casework.policy import Permission
    from casework.signin.models import Role
    from housing.homes import holding
    from housing.homes.forms import RevealForm
    from housing.tracks import moving

    coordinators = [Role.HOUSING_COORDINATOR]
    shell.register(shell.NavItem("Bostäder", "homes_board", "house", coordinators, key="b", order=20))
    tabs.register(tabs.Tab("Platser att undvika", "known_places", Permission.CASE_READ, 59, "Boende"))
    words.register(codes=dict(RevealForm.REASONS))
    moving.on_moved.append(holding.follow)
