"""From the log to the glass: pump, ordered socket writer, Socket.IO namespace, presence. Decides nothing about
content."""
