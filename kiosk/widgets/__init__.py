"""What every screen is made of: words, pictures, things to press. They know the theme and no scene."""
