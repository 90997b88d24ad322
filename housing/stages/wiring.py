def connect() -> None:
    """What other rooms are told of at start."""
    from casework.cases import actions as cases
    from casework.cases.consents import hooks
    from casework.cases.disclosures import rules as disclosures
    from casework.drafts import slots
    from casework.policy import Permission
    from housing.stages import facts, following, rules
    from housing.tracks import moving

    facts.connect()
    slots.register("stage", Permission.HOUSING_WRITE)
    moving.on_moved.append(following.moved)
    moving.on_taken.append(following.taken)
    hooks.on_withdrawal.append(following.withdrawn)
    cases.on_closing.append(following.closed)
    disclosures.copied_elsewhere.append(rules.copied_elsewhere)
