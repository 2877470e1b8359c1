"""When Python looks for garbage: not while the program is loaded, and never among what stays."""

from __future__ import annotations

import gc


def spare_what_stays() -> None:
    """Take what was made so far, the libraries above all, out of the garbage collector's sight: it lives as long as we do.

    Looking through it all took the collector a third of a second at a time, in which nobody was answered. What little
    of it is garbage, some two thousand small objects, stays too: finding it takes as long.
    """
    gc.freeze()
    gc.enable()
