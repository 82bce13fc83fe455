"""Says in plain words what this machine lacks to be part of a hall. Looks only: changes nothing, starts nothing."""
