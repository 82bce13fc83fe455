"""One screen for each kind of view: it draws what the view says and decides nothing."""
