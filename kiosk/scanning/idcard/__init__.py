"""The parts of reading an ID card: number, place in the frame, lines, recognition, phone. They know no camera."""
