"""REST for devices and staff pages: credentials in, one command or one read, refusals out in one table."""
