def connect() -> None:
    """What other rooms are told of at start."""
    from casework.cases import tabs
    from casework.cases.consents import hooks
    from casework.cases.sip import actions, moments
    from casework.drafts import slots
    from casework.policy import Permission

    tabs.register(tabs.Tab("SIP", "sips", Permission.CASE_READ, 36, "Insatser"))
    tabs.register(tabs.Tab("Samordning", "coordination", Permission.CASE_READ, 37, "Insatser"))
    slots.register("sip", Permission.FILE_WRITE)
    hooks.on_withdrawal.append(lambda by, consent: actions.stop_without_consent(by=by, consent=consent))
    moments.connect()
