"""`make bench`: run every benchmark, or those named: `python -m bench profile_page register_import`."""

import importlib
import pkgutil
import sys

import bench


def main() -> None:
    """Run each module of bench that has a `main`."""
    wanted = sys.argv[1:]
    for found in pkgutil.iter_modules(bench.__path__):
        if found.name.startswith("__") or (wanted and found.name not in wanted):
            continue
        run = getattr(importlib.import_module(f"bench.{found.name}"), "main", None)
        if run:
            print(f"== {found.name}", flush=True)
            run()


if __name__ == "__main__":
    main()
