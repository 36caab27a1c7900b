"""Methods that are written once, as flows: in a `Client` they wait, in an `AsyncClient` they are awaited."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, overload

from .config import Config
from .drivers import AsyncDriver, Driver
from .flow import Flow

P = ParamSpec("P")
T = TypeVar("T")
D = TypeVar("D", Driver, AsyncDriver)


class Resource(Generic[D]):
    """A group of calls that one driver performs."""

    def __init__(self, config: Config, driver: D) -> None:
        self._config = config
        self._driver: D = driver


class Call(Generic[P, T]):
    """A method of a Resource that tells a flow; called, it is performed by the resource's driver."""

    def __init__(self, method: Callable[Concatenate[Any, P], Flow[T]]) -> None:
        self._method = method

    @overload
    def __get__(self, resource: Resource[Driver], owner: Any) -> Callable[P, T]: ...
    @overload
    def __get__(self, resource: Resource[AsyncDriver], owner: Any) -> Callable[P, Coroutine[Any, Any, T]]: ...
    def __get__(self, resource: Any, owner: Any) -> Any:
        if resource is None:
            return self._method  # asked of the class: for those who read its documentation
        method, driver = self._method, resource._driver

        @wraps(method)
        def performed(*args: P.args, **options: P.kwargs) -> Any:
            return driver.run(method(resource, *args, **options))

        @wraps(method)
        async def awaited(*args: P.args, **options: P.kwargs) -> Any:
            return await driver.run(method(resource, *args, **options))

        bound: Any = awaited if isinstance(driver, AsyncDriver) else performed
        bound.__signature__ = _as_called(inspect.signature(method))
        return bound


def call(method: Callable[Concatenate[Any, P], Flow[T]]) -> Call[P, T]:
    """Decorator for methods of a Resource."""
    return Call(method)


def _as_called(signature: inspect.Signature) -> inspect.Signature:
    """Without `self`, and with what the flow gives in the end."""
    gives = str(signature.return_annotation).removeprefix("Flow[").removesuffix("]")
    return signature.replace(parameters=list(signature.parameters.values())[1:], return_annotation=gives)
