"""What every test may ask for, and the closing words about tests that were left out."""

pytest_plugins = ["tests.stores"]
