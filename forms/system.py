"""What the system says when a file or a disk refuses, in the languages of the product."""

from __future__ import annotations

import errno

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
_OTHER = mark("the system refused it")
_BY_NUMBER = {number: words for numbers, words in _REASONS.items() for number in numbers}


def reason(error: OSError) -> SystemReason:
    """Why, as a value of a message: a part of a sentence that ``Catalogue.text`` translates. What
    the system said itself is for the log."""
    return SystemReason(_BY_NUMBER.get(error.errno or 0, _OTHER))


NO_FILE = SystemReason(_BY_NUMBER[errno.ENXIO])
FOLDER = SystemReason(_BY_NUMBER[errno.EISDIR])
