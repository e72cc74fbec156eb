"""Celery: the clock and the hands. Never a place where work is remembered.

Each task is a sweep over rows that are due. A call that is lost is made again
within a minute; one that comes twice finds nothing to do.
"""

import os

from celery import Celery
from kombu import Exchange, Queue

from portal.timetable import QUEUES, ROUTES, USUAL

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

NOWHERE = Exchange("")  # straight into the queue: a table of bindings in Redis could be flushed away
VISIBLE_AGAIN = 900  # seconds until the broker takes a call for lost: longer than the longest task

app = Celery("srijan", task_cls="portal.deliveries:Task")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    broker_transport_options={
        "visibility_timeout": VISIBLE_AGAIN,
        "socket_connect_timeout": 5,
        "socket_keepalive": True,
    },
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,  # an outage of hours ends nobody
    task_queues=[Queue(name, NOWHERE, routing_key=name) for name in QUEUES],
    task_default_queue=USUAL,
    task_routes=ROUTES,
    task_create_missing_queues=False,  # a misspelt queue is refused, not filled where nobody reads
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    task_time_limit=290,
    worker_prefetch_multiplier=1,
    worker_soft_shutdown_timeout=30,
    worker_cancel_long_running_tasks_on_connection_loss=True,
)
app.autodiscover_tasks()
app.autodiscover_tasks(["portal.me"])  # the roof's own
