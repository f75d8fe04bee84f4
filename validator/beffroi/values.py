"""`dataclass` as in the standard library; a frozen one with keywords only is made in a tenth of the time.

Before Python 3.13, making a dataclass compiles half a dozen functions of its own. For all of ours together, that would
take a quarter of the time in which a small file is checked; here, these functions are the same for all of them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls: type | None = None, /, **options: Any) -> Any:
        """Make a dataclass."""
        if options == {"frozen": True, "kw_only": True}:
            return made if cls is None else made(cls)
        return dataclasses.dataclass(cls, **options)


def made(cls: Any) -> Any:
    """`cls` as a frozen dataclass with keywords only."""
    dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=True)(cls)
    names = tuple(each.name for each in dataclasses.fields(cls))
    values = attrgetter(*names) if names else lambda _: ()
    methods: dict[str, Callable[..., Any]] = {
        "__init__": initialiser(cls),
        "__eq__": lambda self, other: values(self) == values(other) if type(other) is type(self) else NotImplemented,
        "__hash__": lambda self: hash(values(self)),
        "__repr__": lambda self: f"{cls.__qualname__}({', '.join(f'{n}={getattr(self, n)!r}' for n in names)})",
        "__setattr__": refuse,
        "__delattr__": refuse,
    }
    for name, method in methods.items():
        if cls.__dict__.get(name) is None:
            setattr(cls, name, method)
    return cls


def initialiser(cls: Any) -> Callable[..., None]:
    """What gives the fields of an instance their values."""
    fields = dataclasses.fields(cls)
    names = frozenset(each.name for each in fields)
    defaults = {each.name: each.default for each in fields if each.default is not dataclasses.MISSING}
    factories: dict[str, Any] = {each.name: each.default_factory for each in fields}
    factories = {name: make for name, make in factories.items() if make is not dataclasses.MISSING}
    behind = getattr(cls, "__post_init__", None)

    def initialise(self: Any, **given: Any) -> None:
        state = self.__dict__
        state.update(defaults)
        for name, make in factories.items():
            if name not in given:
                state[name] = make()
        state.update(given)
        if state.keys() != names:
            wrong = ", ".join(sorted(names ^ state.keys()))
            raise TypeError(f"{cls.__qualname__} has fields missing or unknown: {wrong}")
        if behind:
            behind(self)

    return initialise


def refuse(_self: Any, name: str, *_: Any) -> None:
    """Nothing of an instance may be changed."""
    raise dataclasses.FrozenInstanceError(f"cannot assign to or delete the field {name!r}")
