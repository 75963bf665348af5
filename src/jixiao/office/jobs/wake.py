"""The bell between those who put jobs into the queue and a worker in the same process."""

from threading import Event
from typing import Final

WAKE: Final = Event()
"""Rung when a job was put into the queue by this process, so that its worker need not wait for its next look."""
