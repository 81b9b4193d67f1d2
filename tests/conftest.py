"""What every test may ask for: stores, the served app, a browser."""

pytest_plugins = [
    "tests.in_memory",
    "tests.stores",
    "tests.browsing",
    "tests.left_out",
    "tests.longest_first",
]
