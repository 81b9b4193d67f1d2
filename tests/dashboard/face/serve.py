"""Serves the test face: `serve.py PORT`."""

import sys
from pathlib import Path

from dashboard.asgi import serve
from tests.looking import anybody

if __name__ == "__main__":
    here = Path(__file__).parent
    sys.exit(
        serve(
            port=int(sys.argv[1]),
            script=here / "app.py",
            store_answers=lambda: True,
            doorkeeper=anybody,
        )
    )
