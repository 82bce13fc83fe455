"""How screens and the hall server understand each other: feed names, frames, the fold. Knows no socket and no data
base."""
