"""Every task has a queue, every queue a worker, and no task outlives the broker's patience."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from portal import celery_app
from portal.celery import VISIBLE_AGAIN
from portal.deliveries import Task
from portal.timetable import QUEUES, ROUTES, TIMETABLE, USUAL

ROOT = Path(__file__).resolve().parent.parent.parent
HANDS = re.compile(r"^python manage\.py hands (\w+) --concurrency [1-9]$")

pytestmark = pytest.mark.once


@pytest.fixture
def tasks():
    """Our own, by name."""
    celery_app.loader.import_default_modules()
    return {name: task for name, task in celery_app.tasks.items() if not name.startswith("celery.")}


def hands(commands):
    """The queues for which workers are started."""
    return sorted(found[1] for command in commands if (found := HANDS.match(command)))


def queue_of(name):
    return celery_app.amqp.router.route({}, name)["queue"].name


def test_code_procfile_and_compose_name_the_same_queues():
    procfile = [line.split(": ", 1)[1] for line in (ROOT / "Procfile").read_text().splitlines()]
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"].values()

    assert hands(procfile) == sorted(QUEUES)
    assert hands(service.get("command", "") for service in compose) == sorted(QUEUES)
    assert {queue.name for queue in celery_app.conf.task_queues} == set(QUEUES)


def test_every_task_goes_to_a_queue_and_every_queue_has_a_task(tasks):
    assert {queue_of(name) for name in tasks} == set(QUEUES)
    assert set(ROUTES) <= set(tasks)
    assert celery_app.conf.task_default_queue == USUAL


def test_what_sends_waits_behind_nothing_that_takes_long(tasks):
    of_urgent = {name for name in tasks if queue_of(name) == "urgent"}

    assert of_urgent == {"portal.tasks.show_life", "portal.tasks.send_due_notices"}
    assert {tasks[entry["task"]].name for entry in TIMETABLE.values()} <= set(tasks)


def test_a_misspelt_queue_is_refused():
    with pytest.raises(KeyError, match="urgnet"):
        celery_app.amqp.queues["urgnet"]


def test_no_task_outlives_the_patience_of_the_broker_or_of_who_looks_after_it(tasks):
    limits = {name: task.time_limit or celery_app.conf.task_time_limit for name, task in tasks.items()}

    assert max(limits.values()) < VISIBLE_AGAIN == celery_app.conf.broker_transport_options["visibility_timeout"]
    late = {name for name, limit in limits.items() if timedelta(seconds=limit) >= QUEUES[queue_of(name)]}
    assert late == {"portal.tasks.show_life", "portal.tasks.send_due_notices"}  # a sweep ends itself within a minute


def test_every_task_is_acknowledged_late_and_counted(tasks):
    conf = celery_app.conf
    assert (conf.task_acks_late, conf.task_reject_on_worker_lost, conf.worker_prefetch_multiplier) == (True, True, 1)
    assert {name for name, task in tasks.items() if not isinstance(task, Task)} == set()
    assert {name for name, task in tasks.items() if not task.acks_late or not task.ignore_result} == set()
