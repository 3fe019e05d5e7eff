"""How fast the product is, as ratios to the same work done without it; see `README.md`."""
