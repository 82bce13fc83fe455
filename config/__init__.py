"""What a machine and a hall can set: typed loaders of plain files; knows no part that uses the settings."""
