"""Forms of training. They check; they never save (see ``domain``)."""

from training.forms.batches import BatchesForm, BatchSettingsForm
from training.forms.series import SeriesForm
from training.forms.workshops import WorkshopForm

__all__ = ["BatchSettingsForm", "BatchesForm", "SeriesForm", "WorkshopForm"]
