def connect() -> None:
    """What other rooms are told of at start."""
    from audit import words
    from casework import shell
    from casework.cases import panels, tabs
    from casework.drafts import slots
    from casework.policy import Permission
    from casework.signin.models import Role
    from housing.needs import following, moments, readers
    from housing.needs.models import HousingNeed
    from housing.tracks import moving

    coordinators = [Role.HOUSING_COORDINATOR]
    shell.register(shell.NavItem("Boendekön", "housing_queue", "inbox", coordinators, key="q", order=10))
    tabs.register(tabs.Tab("Boende", "housing", Permission.CASE_READ, 55, "Boende"))
    panels.register(panels.Panel("housing", "housing/needs/_panel.html", readers.panel, order=19))
    slots.register("need", Permission.HOUSING_WRITE)
    words.register(codes=dict(HousingNeed.WithdrawnWhy.choices))
    moving.on_moved.append(following.meet_need)
    moments.connect()
