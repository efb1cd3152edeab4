"""`make screenshots`: the pictures of the documentation, taken from the demo shop.

What is photographed is in docs/screenshots.py: a function `take(camera)`, see
camera.py. The demo is made anew for it, so that the same pictures come out whatever was
clicked before.
"""

from __future__ import annotations

from . import serve, system
from .console import Trouble, step
from .context import locked_desk
from .process import foreground
from .settings import CHECKOUT, ROOT, given

DATABASE = f"demo_{CHECKOUT}_shots"
LIST = ROOT / "docs" / "screenshots.py"


def take() -> int:
    if not LIST.exists():
        raise Trouble(
            f"{LIST.relative_to(ROOT)} is missing: it says what to photograph", code=2
        )
    with locked_desk() as desk:
        serve.need_demo(desk, DATABASE, fresh=True)
        with step("starting Odoo"):
            served = serve.launch(desk, DATABASE, background=True)
    try:
        command = [desk.runner.python, "-m", "scripts.desk.camera", served.url]
        command += [str(system.find_browser()), given("K")]
        return foreground(command, env=desk.runner.env, cwd=ROOT)
    finally:
        serve.end(served.process)
        desk.databases.drop(DATABASE)
