"""The rules of the house, each held against the whole repository, and each shown to be able to fail."""

import pytest

from tests.house import acts, arrows, code, pages, project
from tests.house.tree import Rule, Tree, tracked

RULES = [*arrows.RULES, *code.RULES, *acts.RULES, *pages.RULES, *project.RULES]
SAMPLES = [(rule, at, sample) for rule in RULES for at, sample in enumerate(rule.bad)]
HARMLESS = [(rule, at, sample) for rule in RULES for at, sample in enumerate(rule.good)]


@pytest.fixture(scope="session")
def repository() -> Tree:
    return tracked()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_holds(rule: Rule, repository: Tree) -> None:
    breaches = sorted(rule.find(repository))
    assert not breaches, f"{rule.name}:\n" + "\n".join(breaches)


@pytest.mark.parametrize(("rule", "at", "sample"), SAMPLES, ids=[f"{rule.name}-{at}" for rule, at, _ in SAMPLES])
def test_rule_finds_a_breach(rule: Rule, at: int, sample: dict[str, str]) -> None:
    assert list(rule.find(Tree(sample)))


@pytest.mark.parametrize(("rule", "at", "sample"), HARMLESS, ids=[f"{rule.name}-{at}" for rule, at, _ in HARMLESS])
def test_rule_leaves_good_code_alone(rule: Rule, at: int, sample: dict[str, str]) -> None:
    assert not list(rule.find(Tree(sample)))


def test_every_rule_has_a_sample_it_must_find() -> None:
    assert all(rule.bad for rule in RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_the_repository_is_seen(repository: Tree) -> None:
    assert {"manage.py", "casework/policy.py", "audit/trail.py", "contacts/models.py"} <= repository.files.keys()
