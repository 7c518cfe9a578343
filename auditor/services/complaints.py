"""The firm's words of complaint, kept with its workspace; the list we ship until it has its own."""

from __future__ import annotations

import logging
from functools import lru_cache

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from auditor.store.tables import META
from auditor.store.units import Store
from forms.complaint_words import ComplaintWords
from forms.problems import FormsError

logger = logging.getLogger(__name__)

FACT = "complaint_words"


class Complaints:
    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def writable(self) -> bool:
        """Whether ``save`` may work: another window may hold the workspace."""
        return self._store.write

    def load(self) -> ComplaintWords:
        """The firm's lists. A fact that cannot be read is left alone, and our lists serve."""
        query = select(META.c.value).where(META.c.key == FACT)
        text = self._store.read(lambda connection: connection.execute(query).scalar())
        if text is None:
            return _shipped()
        try:
            return _read(text)
        except FormsError as error:
            codes = ", ".join(problem.code for problem in error.problems)
            logger.warning("words of complaint: %s", codes)
            return _shipped()

    def save(self, words: ComplaintWords) -> ComplaintWords:
        """Keep the lists and return them as they are kept. Our own are not kept, so that better
        ones of a later version arrive.

        Raises FormsError with all problems, NotSavedError, WorkspaceError ``in_use``.
        """
        tidy = words.normalised()
        if problems := tidy.problems():
            raise FormsError(*problems)
        with self._store.unit() as unit:
            unit.execute(delete(META).where(META.c.key == FACT))
            if tidy != _shipped():
                unit.execute(upsert(META).values(key=FACT, value=tidy.to_json()))
        return self.load()


@lru_cache(maxsize=1)
def _shipped() -> ComplaintWords:
    return ComplaintWords.default().normalised()


@lru_cache(maxsize=4)
def _read(text: str) -> ComplaintWords:
    """The same object for the same text: what it searches with is made once."""
    return ComplaintWords.from_json(text)
