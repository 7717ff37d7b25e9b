"""Asks the server beside it whether it lives, as a proxy would ask; ends with 0 or 1. Needs Python alone.

The server answers only to its own names, so the first of HEADSHIP_HOSTS is given as the one that was asked for.
"""

import os
import sys
import urllib.error
import urllib.request

host = os.environ.get("HEADSHIP_HOSTS", "localhost").split(",")[0].strip()
address = os.environ.get("HEADSHIP_PROBE", "http://127.0.0.1:8000/health")
asked = urllib.request.Request(address, headers={"Host": host, "X-Forwarded-Proto": "https"})  # noqa: S310  # a fixed scheme
try:
    with urllib.request.urlopen(asked, timeout=8) as answer:  # noqa: S310  # the same
        sys.exit(answer.status != 200)
except (urllib.error.URLError, OSError):
    sys.exit(1)
