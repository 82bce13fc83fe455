"""A receipt printer without paper: obeys and answers bytes as a printer does and shows each slip as a picture."""
