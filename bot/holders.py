"""Who holds a lease: ``host@processes:pid:random`` names a process, and of this host's we can see whether they live.

``processes`` is the PID namespace, so that a container of the same host name is another host.
"""

from __future__ import annotations

import os


def is_dead(holder: str, own: str) -> bool:
    """Whether a process of this host is gone; of other hosts nobody here knows, their leases run out by time.

    Started again at once, as in a container that stays, a new process may have the old one's number: it is not that.
    """
    host, pid, _ = holder.rsplit(":", 2)
    own_host, own_pid, _ = own.rsplit(":", 2)
    if host != own_host or holder == own:
        return False
    if pid == own_pid:
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
