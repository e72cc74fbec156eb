"""Drives, the ways to them, and what people hand in."""

from applications.models.answers import Application, Draft, Photo
from applications.models.drives import Anchor, Criterion, Drive, Prompt
from applications.models.links import Scan, ShareLink

__all__ = ["Anchor", "Application", "Criterion", "Draft", "Drive", "Photo", "Prompt", "Scan", "ShareLink"]
