"""Real servers, locks and clocks that tests need; knows no rule of a hall."""
