"""What the system says when a file or a disk refuses, in the languages of the product; and taking
a name where others look at files, as on Windows they hold what they look at."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from forms.words import SystemReason, mark

_REASONS = {
    (errno.ENOSPC, errno.EDQUOT): mark("the disk is full"),
    (errno.EFBIG,): mark("the file is too large for this disk"),
    (errno.EACCES, errno.EPERM): mark("access is not allowed"),
    (errno.EROFS,): mark("the disk is write-protected"),
    (errno.EIO,): mark("the disk is failing"),
    (errno.ENOENT, errno.ENODEV): mark("there is no such file or folder"),
    (errno.ENOTDIR,): mark("a part of the path is no folder"),
    (errno.EISDIR,): mark("it is a folder"),
    (errno.ENXIO, errno.ESPIPE): mark("it is no file"),
    (errno.EEXIST, errno.ENOTEMPTY): mark("it is there already"),
    (errno.ENAMETOOLONG,): mark("the name is too long"),
    (errno.ELOOP,): mark("the link leads back to itself"),
    (errno.EMFILE, errno.ENFILE): mark("too many files are open"),
    (errno.EBUSY, errno.ETXTBSY): mark("another program holds it"),
    (errno.ETIMEDOUT, errno.ESTALE, errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ENOTCONN): mark(
        "the network drive does not answer"
    ),
}
#: Windows: ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION; and ERROR_ACCESS_DENIED, which it
#: says of a name that is held, too.
_HELD, _DENIED = (32, 33), 5
#: Seconds between the tries, a second and a half in all.
WAITS = (0.01, 0.04, 0.15, 0.4, 0.9)
Result = TypeVar("Result")
_OTHER = mark("the system refused it")
_BY_NUMBER = {number: words for numbers, words in _REASONS.items() for number in numbers}


def reason(error: OSError) -> SystemReason:
    """Why, as a value of a message: a part of a sentence that ``Catalogue.text`` translates. What
    the system said itself is for the log."""
    number = errno.EBUSY if is_held(error) else error.errno or 0
    return SystemReason(_BY_NUMBER.get(number, _OTHER))


def is_held(error: OSError) -> bool:
    """Whether another program keeps the file for itself. Windows says so by numbers of its own,
    and Python makes "access is not allowed" of them."""
    return error.errno == errno.EBUSY or getattr(error, "winerror", None) in _HELD


def patiently(act: Callable[[], Result]) -> Result:
    """``act()``, once more after each of ``WAITS`` while Windows refuses because somebody looks at
    the file: a virus scanner, a preview or a sync program lets go of a new file within moments."""
    for seconds in WAITS:
        try:
            return act()
        except PermissionError as error:
            if getattr(error, "winerror", None) not in (_DENIED, *_HELD):
                raise
        time.sleep(seconds)
    return act()


def rename(source: Path, target: Path) -> None:
    """``source.replace(target)``, patiently. Raises OSError, with EBUSY for a file ``target`` that
    another program has open (a viewer, Excel): Windows then says only "access denied"."""
    try:
        patiently(lambda: source.replace(target))
    except PermissionError as error:
        denied = getattr(error, "winerror", None) == _DENIED
        if is_held(error) or (denied and target.is_file() and os.access(target, os.W_OK)):
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(target)) from error
        raise


NO_FILE = SystemReason(_BY_NUMBER[errno.ENXIO])
FOLDER = SystemReason(_BY_NUMBER[errno.EISDIR])
