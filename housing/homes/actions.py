"""Homes are put in the register, changed, checked for safety and taken away again. Nothing here is about a person."""

from dataclasses import asdict, replace
from datetime import date

from django.db import IntegrityError

from audit import trail
from audit.tags import Tag
from casework.cases.rules import Refused
from casework.signin.models import User
from housing.homes import colocation, rules
from housing.homes.models import Home, HomeState, HomeWords
from housing.homes.rules import Terms
from housing.landlords.models import Landlord

FIRST = 1_000


def add_home(*, by: User, landlord: Landlord, terms: Terms, words: HomeWords) -> Home:
    """A landlord lets us have a home. It is called by a running number, never by its address; nobody is offered it
    before it has been checked.

    Raises Forbidden, Refused (not in the lists, no room, neither street nor town, the landlord has left, another home
    was put in at the same moment).
    """
    rules.check_can_keep(by)
    rules.check_terms(terms)
    rules.check_access(words.access)
    rules.check_address(words.street, words.town)
    try:
        with trail.act(Tag.HOME_WRITTEN, by=by, refs=[landlord.ref()]) as event:
            if not Landlord.objects.select_for_update().get(pk=landlord.pk).active:
                raise Refused("Hyresvärden samarbetar inte med oss längre. Välj en annan hyresvärd.")
            home = Home(landlord=landlord, name=_next_name(), words=words, **asdict(terms))
            home.save()
            colocation.index_home(home, words)
            event.touch(home.ref())
            return home
    except IntegrityError:
        raise Refused("Någon annan lade till en bostad samtidigt. Spara en gång till.") from None


def change_home(*, by: User, home: Home, terms: Terms, access: list[str], note: str, version: int) -> Home:
    """Writes over what a home is like. Where it lies is changed by readdress_home.

    Raises Forbidden, Refused (not in the lists, no room, gone), StaleEdit.
    """
    rules.check_can_keep(by)
    rules.check_terms(terms)
    rules.check_access(access)
    with trail.act(Tag.HOME_WRITTEN, by=by, refs=[home.ref()]):
        fresh = _locked(home)
        fresh.check_version(version)
        for name, value in asdict(terms).items():
            setattr(fresh, name, value)
        fresh.words = replace(fresh.words.open(), access=access, note=note)
        fresh.save()
        return fresh


def readdress_home(*, by: User, home: Home, street: str, postal_code: str, town: str, flat: str, version: int) -> Home:
    """Puts an address right, while nobody has been offered the home or been warned of it.

    Raises Forbidden, Refused (street or town missing, gone, not free, judged at this address), StaleEdit.
    """
    rules.check_can_keep(by)
    rules.check_address(street, town)
    with trail.act(Tag.HOME_WRITTEN, by=by, refs=[home.ref()]):
        fresh = _locked(home)
        fresh.check_version(version)
        rules.check_can_readdress(fresh)
        words = replace(fresh.words.open(), street=street, postal_code=postal_code, town=town, flat=flat)
        fresh.words = words
        fresh.save()
        colocation.index_home(fresh, words)
        return fresh


def note_safety(*, by: User, home: Home, safety: str, safety_on: date, text: str) -> Home:
    """Notes what the safety check of a home showed; `safety` is a value of Home.Safety. A later check replaces it.

    Raises Forbidden, Refused (no result, a day ahead, faults without a word, gone).
    """
    rules.check_can_keep(by)
    rules.check_safety(safety, safety_on, text)
    with trail.act(Tag.HOME_WRITTEN, by=by, refs=[home.ref()]):
        fresh = _locked(home)
        fresh.safety, fresh.safety_on = safety, safety_on
        fresh.words = replace(fresh.words.open(), safety=text)
        fresh.version += 1
        fresh.save()
        return fresh


def remove_home(*, by: User, home: Home) -> Home:
    """The landlord has the home back, or the person has taken over the lease herself; what is known of it is kept.

    Raises Forbidden, Refused (offered or reserved, gone already).
    """
    rules.check_can_keep(by)
    with trail.act(Tag.HOME_MOVED, by=by, refs=[home.ref()]):
        fresh = _locked(home)
        if fresh.state not in (HomeState.FREE, HomeState.TAKEN):
            raise Refused("Bostaden är erbjuden till någon. Släpp den innan du tar bort den.")
        fresh.remove()
        fresh.version += 1
        fresh.save()
        return fresh


def _locked(home: Home) -> Home:
    """The home as it is now. Raises Refused when it is gone."""
    fresh = Home.objects.select_for_update(of=("self",)).select_related("landlord").get(pk=home.pk)
    rules.check_there(fresh)
    return fresh


def _next_name() -> str:
    names = Home.objects.values_list("name", flat=True)
    used = [int(name[2:]) for name in names if name.startswith("H-") and name[2:].isdecimal()]
    return f"H-{max([FIRST, *used]) + 1}"
