"""Addresses of training."""

app_name = "training"

urlpatterns = []
