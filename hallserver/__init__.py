"""The hall server: the truth of one hall, its rules, and how every part of the hall reaches them."""
