"""What each screen says: from the hall's items and the scene to finished words. Pure; knows no window and no server."""

from kiosk.viewmodels.picture import Picture
from kiosk.viewmodels.show import job_ids, show

__all__ = ["Picture", "job_ids", "show"]
