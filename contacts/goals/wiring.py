def connect() -> None:
    from audit import words
    from casework.cases import panels, tabs
    from casework.cases.disclosures import contents
    from casework.drafts import slots
    from casework.policy import Permission
    from contacts.goals import readers
    from contacts.strengths.models import ApprovalWay

    words.register(
        codes={
            **dict(ApprovalWay.choices),
            "goal:reach": "Målet är nått",
            "goal:pause": "Målet vilar",
            "goal:take_up": "Målet togs upp igen",
            "goal:drop": "Målet är inte längre aktuellt",
            "plan_step:finish": "Delmålet är klart",
            "plan_step:drop": "Delmålet behövs inte",
            "plan_step:take_up": "Delmålet togs upp igen",
        }
    )
    slots.register("goal", Permission.METHOD_WRITE)
    tabs.register(tabs.Tab("Mål", "goals", Permission.CASE_READ, 21, "Styrkor och mål"))
    panels.register(panels.Panel("goals", "contacts/goals/_panel.html", readers.goals_panel, order=30))
    # Her own words may name a place, so they weigh as one.
    contents.register("goals", contents.Fact("Mål, med personens egna ord", contents.PLACE, readers.in_words))
