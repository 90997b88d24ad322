def connect() -> None:
    from casework.cases import readers as cases
    from contacts.steps import readers

    cases.beside.append(readers.ties_of)
