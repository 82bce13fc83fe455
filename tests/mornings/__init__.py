"""The morning as data: files of steps with the state that each audience must then show, and who plays them."""
