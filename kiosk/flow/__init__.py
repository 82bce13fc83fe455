"""What the kiosk does next: a pure state machine. Events in, (kiosk, effects) out; knows no window, server or words."""

from kiosk.flow.identifying import camera_expects
from kiosk.flow.steps import ASKS_AFTER_S, LEAVES_AFTER_S, RESULT_WAITS_S, start, step

__all__ = ["ASKS_AFTER_S", "LEAVES_AFTER_S", "RESULT_WAITS_S", "camera_expects", "start", "step"]
