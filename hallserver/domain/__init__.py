"""Pure rules of a hall. Knows nothing of Flask, SQL, sockets or the clock: time, ids and dice come in as arguments."""
