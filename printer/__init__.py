"""All that ends on paper: what a slip says, how it looks, its bytes, and the truth about whether it was printed."""
