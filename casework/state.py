"""The guarded base of every state machine, and the only file that imports django_fsm."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django_fsm import (
    ConcurrentTransition,
    ConcurrentTransitionMixin,
    FSMField,
    TransitionNotAllowed,
    transition,
)

__all__ = [
    "ConcurrentTransition",
    "StateModel",
    "TransitionNotAllowed",
    "machines",
    "move",
    "state_field",
    "transitions",
]


class StateModel(ConcurrentTransitionMixin, models.Model):
    """A model whose `state` changes by transitions only, and never twice at the same time.

    Assigning `state` raises AttributeError; saving over another's transition raises ConcurrentTransition.
    """

    states: ClassVar[type[models.TextChoices]]

    class Meta:
        abstract = True

    @property
    def state_fields(self) -> tuple[Any, ...]:
        """Asked for each row that is made: the one field there is, without a walk over all of them."""
        return (self._meta.get_field("state"),)


def state_field(states: type[models.TextChoices], first: str) -> FSMField:
    """The `state` column: values of `states`, beginning at `first`, changed by `move` only."""
    return FSMField("status", default=first, choices=states.choices, protected=True, max_length=20, db_index=True)


def state_constraint(name: str, states: type[models.TextChoices]) -> models.CheckConstraint:
    """The database refuses a state that is not in `states`."""
    return models.CheckConstraint(name=name, condition=models.Q(state__in=states.values))


def move(source: str | Iterable[str], target: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Marks a method as a transition of `state` from `source` to `target`. It changes fields and nothing else."""
    origin = source if isinstance(source, str) else list(source)
    decorator: Callable[[Callable[..., Any]], Callable[..., Any]] = transition("state", source=origin, target=target)
    return decorator


def transitions(model: type[StateModel]) -> list[tuple[str, str, str]]:
    """(source, name, target) of every transition of a model, in a steady order."""
    field: Any = model._meta.get_field("state")  # type: ignore[misc]  # every subclass has one
    found = {(str(t.source), str(t.name), str(t.target)) for t in field.get_all_transitions(model)}
    order = {value: place for place, value in enumerate(model.states.values)}
    return sorted(found, key=lambda row: (order[row[0]], order[row[2]], row[1]))


def machines() -> list[type[StateModel]]:
    """Every state machine of the installed program, by label."""
    found: list[Any] = [model for model in apps.get_models() if issubclass(model, StateModel)]
    return sorted(found, key=lambda model: model._meta.label)
