"""The kiosk: a worker alone in front of a glass leaves within a minute with a place, a seat and a slip, or a number."""
