"""Everything that proves gighall; nothing here is imported by what a hall runs."""
