def connect() -> None:
    """What other rooms are told of at start."""
    from casework import firstrun, shell
    from casework.cases import readers as cases
    from casework.cases import reminders, tabs
    from casework.cases.consents import hooks
    from casework.cases.insatser import ground_actions, moments, readers, register_actions
    from casework.drafts import slots
    from casework.policy import Permission
    from casework.signin.models import Role

    tabs.register(tabs.Tab("Insatser", "insatser", Permission.CASE_READ, 35, "Insatser"))
    everybody = [Role.ADMINISTRATOR, Role.SEKTIONSCHEF, Role.KONTAKTPERSON]
    shell.register(shell.NavItem("Register", "register", "people", everybody, key="e", order=65))
    shell.register(shell.NavItem("Ej verkställt", "unexecuted", "clock", [Role.SEKTIONSCHEF], key="j", order=56))
    slots.register("insats", Permission.FILE_WRITE)
    slots.register("decide", Permission.DECIDE)
    cases.questions.append(cases.Question("insats_warns", readers.to_look_at(), readers.alert))
    hooks.on_withdrawal.append(lambda by, consent: ground_actions.stop_at_withdrawal(by=by, consent=consent))
    firstrun.on_setup.append(lambda: register_actions.load_start(by=None))
    reminders.sources.append(readers.to_follow_up)
    moments.connect()
