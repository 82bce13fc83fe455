"""The hall server and the client of a hall: see ARCHITECTURE.md for the rooms and who may import whom."""
