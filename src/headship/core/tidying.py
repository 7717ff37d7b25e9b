"""Forgets what is known of work in the background, once nobody needs it."""

from datetime import datetime, timedelta

from django_tasks_db.models import DBTaskResult

from headship.core.models import UpkeepRun, Worker

WORKERS_FOR, TASKS_FOR, RUNS_FOR = timedelta(days=1), timedelta(days=30), timedelta(days=90)


def tidy(at: datetime) -> str:
    """Remove finished tasks after 30 days, runs of upkeep after 90, lost workers after one; say how many."""
    tasks = DBTaskResult.objects.finished().filter(finished_at__lt=at - TASKS_FOR).delete()[0]
    runs = UpkeepRun.objects.filter(began_at__lt=at - RUNS_FOR).delete()[0]
    Worker.objects.filter(beat_at__lt=at - WORKERS_FOR).delete()
    return f"{tasks} finished tasks and {runs} runs of upkeep forgotten."
