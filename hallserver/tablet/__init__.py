"""Staff pages on a tablet: plain ES modules that fold the staff feed and send commands by REST; the server holds every
rule."""
