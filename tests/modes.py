"""Tests that obey the modes of files, though root runs them: that power is put aside."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

_VERSION_3 = 0x20080522  # capget(2), capset(2)
_IGNORE_MODES = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH


@contextmanager
def obeyed() -> Iterator[None]:
    """Within it this thread may read and write what the modes of files allow their owner."""
    if os.name != "posix":
        pytest.skip("files have no such modes here")
    if os.geteuid() != 0:
        yield
        return
    if sys.platform != "linux":
        pytest.skip("root may read and write everywhere, and cannot put that aside here")
    header = (ctypes.c_uint32 * 2)(_VERSION_3, 0)
    before, without = (ctypes.c_uint32 * 6)(), (ctypes.c_uint32 * 6)()
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.capget(header, before) == 0
    ctypes.memmove(without, before, ctypes.sizeof(before))
    without[0] &= ~_IGNORE_MODES  # of those in effect alone, so that they can be taken up again
    assert libc.capset(header, without) == 0
    try:
        yield
    finally:
        assert libc.capset(header, before) == 0
