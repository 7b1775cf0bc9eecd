"""What the panels show, as frozen values: functions of a reader and a filter."""

from incidents.views.map import at_point

__all__ = ["at_point"]
