"""Work on several threads, its results in the order of what is worked on, and never much of it at once."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

Item = TypeVar("Item")
Result = TypeVar("Result")


def cores() -> int:
    """How many cores this process may use."""
    available = getattr(os, "sched_getaffinity", None)
    return len(available(0)) if available else os.cpu_count() or 1


def in_order(items: Iterable[Item], work: Callable[[Item], Result], jobs: int) -> Iterator[tuple[Item, Result]]:
    """Each item with the result of working on it; `jobs` are worked on at a time, and one waits.

    What is not yet begun when the reader leaves is left undone.
    """
    items = iter(items)
    first = list(islice(items, 2))
    if jobs == 1 or len(first) < 2:
        yield from ((item, work(item)) for item in chain(first, items))
        return
    from concurrent.futures import ThreadPoolExecutor

    pool = ThreadPoolExecutor(jobs, thread_name_prefix="beffroi")
    pending: deque[tuple[Item, Future[Result]]] = deque()
    try:
        for item in chain(first, items):
            pending.append((item, pool.submit(work, item)))
            if len(pending) > jobs:
                done, result = pending.popleft()
                yield done, result.result()
        while pending:
            done, result = pending.popleft()
            yield done, result.result()
    finally:
        pool.shutdown(cancel_futures=True)
