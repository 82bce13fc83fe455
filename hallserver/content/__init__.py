"""What each audience may know: facts in, masked items out. One message has several voices; privacy is decided here."""
