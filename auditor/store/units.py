"""A unit of work: begins, writes, commits, and says what it touched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeAlias, TypeVar

from sqlalchemy import Connection, CursorResult, Executable
from sqlalchemy.exc import DBAPIError

from auditor.domain.changes import Changes
from auditor.domain.errors import UserError
from auditor.store import check, driver, failures
from auditor.store.engine import BEGIN, READ, make_engine
from auditor.store.lock import in_use

P = ParamSpec("P")
T = TypeVar("T")
Clock: TypeAlias = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


class Unit:
    """One transaction. ``at`` is its one moment; ``touch`` collects what it changed."""

    def __init__(self, connection: Connection, at: datetime) -> None:
        self.connection = connection
        self.at = at
        self.changes = Changes()

    def touch(self, changes: Changes) -> None:
        self.changes = self.changes | changes

    def execute(
        self, statement: Executable, values: dict[str, Any] | Sequence[dict[str, Any]] | None = None
    ) -> CursorResult[Any]:
        return self.connection.execute(statement, values)

    def insert(self, statement: Executable, values: dict[str, Any] | None = None) -> int:
        """Run an INSERT of one row; returns its integer key."""
        key = self.connection.execute(statement, values).inserted_primary_key
        assert key is not None
        return int(key[0])


class Store:
    """An open database: one connection, used by one thread at a time.

    ``raw`` is the driver's connection, for the one path that must be fast: saving an answer.
    """

    def __init__(
        self,
        raw: driver.Connection,
        folder: Path,
        *,
        write: bool,
        clock: Clock = utc_now,
        refusal: UserError | None = None,
    ) -> None:
        """``refusal``: why a store that only reads does not write."""
        self.raw = raw
        self.folder = folder
        self.write = write
        self.refusal = refusal
        self.clock = clock
        self._listeners: list[Callable[[Changes], None]] = []
        self._database = str(folder / driver.DATABASE)
        self._file = failures.identity(self._database)
        check.LIVE[self._file] += 1
        engine = make_engine(raw)
        self._engine = engine
        self._writer = engine.connect()
        self._reader = engine.connect().execution_options(**{BEGIN: READ})

    def close(self) -> None:
        self._writer.close()
        self._reader.close()
        self._engine.dispose()
        self.raw.close()
        check.LIVE -= Counter({self._file: 1})
        self._file = None

    def subscribe(self, listener: Callable[[Changes], None]) -> None:
        """``listener`` hears of every commit, on the thread that made it."""
        self._listeners.append(listener)

    def tell(self, changes: Changes) -> None:
        for listener in self._listeners:
            listener(changes)

    def require_write(self) -> None:
        """Raises WorkspaceError where this store only reads: ``in_use``, or why it does."""
        if not self.write:
            raise self.refusal or in_use(self.folder)

    def _require_place(self) -> None:
        """A file that was deleted while it is open still takes commits, and loses them all."""
        self.require_write()
        if failures.identity(self._database) != self._file:
            raise failures.moved_away(self.folder)

    @contextmanager
    def unit(self) -> Iterator[Unit]:
        """Commits at the end, rolls back on any exception; units do not nest.

        Raises NotSavedError when the disk refuses or the file is gone; then nothing of it is
        written.
        """
        self._require_place()
        with self.failures():
            transaction = self._writer.begin()
            try:
                with transaction:
                    unit = Unit(self._writer, self.clock())
                    yield unit
            except BaseException:
                self._roll_back()
                raise
        self.tell(unit.changes)

    @contextmanager
    def raw_transaction(self) -> Iterator[driver.Connection]:
        """``unit`` without SQLAlchemy: the driver's connection inside a transaction."""
        self._require_place()
        raw = self.raw
        with self.failures():
            raw.execute("BEGIN IMMEDIATE")
            try:
                yield raw
                raw.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise

    def _roll_back(self) -> None:
        """A COMMIT that finds the file busy leaves its transaction open, though SQLAlchemy takes
        it for ended: no other could begin."""
        if self.raw.in_transaction:
            self.raw.execute("ROLLBACK")

    def read(
        self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a function of ``auditor.store.queries`` on one consistent state."""
        with self.failures(), self._reader.begin():
            return query(self._reader, *args, **kwargs)

    @contextmanager
    def failures(self) -> Iterator[None]:
        """Turn the expected failures of disk and file into UserErrors; leave bugs as they are."""
        try:
            yield
        except (driver.Error, DBAPIError) as error:
            told = failures.explain(error, self.folder)
            if told is None:
                raise
            raise told from error
