"""Notices a photo of a card on a phone."""
def is_on_a_screen(frame_bgr, plane): return False
