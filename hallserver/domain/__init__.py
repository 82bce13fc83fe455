"""The rules of a hall as pure functions and values: no server, no SQL, no clock, no dice of its own."""
