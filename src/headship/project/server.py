"""The server: everything made ready, then gunicorn in this process, with workers that share what was loaded."""

import gc
import hashlib
import os
import resource
import signal
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from gunicorn import glogging
from gunicorn.app.base import BaseApplication
from gunicorn.workers import gthread

from headship.core import work
from headship.core.log_lines import Lines
from headship.core.scope import installation_scope
from headship.project.backups import places
from headship.standards import actions as standards

STAMP = "collected"
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108  # gunicorn's heartbeat files; a disk would make workers wait
LONGEST_REQUEST = 120
SPARE = 0.02  # seconds a thread waits for the first word of a new connection; then it is watched without a thread
HEAVY = 160_000  # kilobytes a worker may come to need beyond what it began with: pages and documents stay below


class Log(glogging.Logger):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn's own messages, written as ours are: no address of anybody, no words of a fault."""

    def setup(self, cfg: Any) -> None:
        """Let our lines format what gunicorn says."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(Lines(plain=settings.LOG_PLAIN))


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn with our settings; the application is loaded once, before the workers part ways."""

    def __init__(self, options: Mapping[str, Any], *, own_worker: bool = False) -> None:
        self.options, self.own_worker = options, own_worker
        super().__init__(prog="headship serve")

    def load_config(self) -> None:
        """Hand our settings to gunicorn; it reads no file and no environment of its own."""
        gthread.DEFAULT_WORKER_DATA_TIMEOUT = SPARE  # five seconds as it comes, for each spare connection of a browser
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        """Return the application, with every address and template setting read already."""
        from headship.project.wsgi import application  # noqa: PLC0415  # after the static files are collected

        application.load_middleware()
        connections.close_all()
        places.note_running()
        if self.own_worker:
            self.own_worker = False  # gunicorn loads anew when it is told to; one worker is enough
            self.cfg.set("on_exit", _ending(_forked_worker()))
        return application


def options(host: str, port: int, workers: int, threads: int) -> dict[str, Any]:
    """Return gunicorn's settings: no access log (who read what is nobody's business), patience for long imports."""
    return {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": workers,
        "threads": threads,
        # Threads that wait for nobody: neither for a browser's spare connections nor for a request sent byte by byte.
        "worker_class": "headship.project.arriving.Worker",
        "preload_app": True,
        "worker_tmp_dir": str(SHARED_MEMORY) if os.access(SHARED_MEMORY, os.W_OK) else None,
        "accesslog": None,
        "errorlog": "-",
        "loglevel": "error",  # its warnings name the address of who sent a broken request
        "logger_class": Log,
        "sendfile": False,  # answers go out by the worker's own loop
        "timeout": LONGEST_REQUEST,
        "graceful_timeout": 30,
        "keepalive": 5,
        "pre_fork": _share_memory,
        "post_fork": _weigh,
        "post_request": _make_way,
        "proc_name": "headship",
    }


def _forked_worker() -> int:
    """Start what works in the background from this process, sharing what it has loaded; return its number."""
    gc.collect()
    gc.freeze()
    child = os.fork()
    if child == 0:
        work.supervise()
        os._exit(0)
    return child


def _ending(worker: int) -> Callable[[Any], None]:
    """Return gunicorn's hook that tells our worker to end when the server does; killed, it sees that by itself."""

    def end(server: Any) -> None:
        del server
        with suppress(ProcessLookupError):
            os.kill(worker, signal.SIGTERM)

    return end


def make_ready() -> None:
    """Bring the database, the frameworks and the files that pages need up to this version."""
    call_command("migrate", interactive=False, verbosity=0)
    at = timezone.now()
    standards.load_shipped(by=installation_scope(at), at=at)
    collect_static()


def collect_static() -> bool:
    """Collect the files pages need where they are not this version's; return whether that was so."""
    stamp = Path(settings.STATIC_ROOT, STAMP)
    now = _fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(now)
    return True


def _fingerprint() -> str:
    """Return what tells this version's files from another's: names, sizes, times."""
    told = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            file = Path(storage.path(name)).stat()
            told.update(f"{name} {file.st_size} {file.st_mtime_ns}\n".encode())
    return told.hexdigest()


def _share_memory(server: Any, worker: Any) -> None:
    """Keep the collector from touching what was loaded before the workers part: touched pages are copied."""
    del server, worker
    gc.collect()
    gc.freeze()


def _weigh(server: Any, worker: Any) -> None:
    """Note what a worker begins with: what the server loaded for all of them."""
    del server
    worker.began_with = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _make_way(worker: Any, request: Any, environ: Any, response: Any) -> None:
    """Let a worker that a large import made heavy give its memory back: it ends, and a fresh one takes its place."""
    del request, environ, response
    if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > worker.began_with + HEAVY:
        worker.alive = False
