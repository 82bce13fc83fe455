"""What every test gets: promises, the watch over leaks, servers of its own."""

pytest_plugins = ["tests.promises", "tests.leaks", "tests.servers"]
