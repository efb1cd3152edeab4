"""`make pot`: the add-ons' translation templates, from the image they are in."""

from __future__ import annotations

from . import modules
from .console import step
from .context import locked_desk
from .process import run


def export() -> None:
    own = modules.own_addons()
    with locked_desk() as desk:
        image = desk.databases.image(list(own))
        config = desk.runner.config(image)
        for name in modules.chosen_addons():
            target = own[name] / "i18n" / f"{name}.pot"
            target.parent.mkdir(exist_ok=True)
            old = target.read_text() if target.exists() else ""
            with step(f"{name}/i18n/{target.name}"):
                words = ["i18n", "export", "-c", config, "-o", target, name]
                run(desk.runner.command(*words), log=f"pot-{name}", env=desk.runner.env)
            if not target.read_text():  # nothing to translate
                target.unlink()
                continue
            if old and undated(target.read_text()) == undated(old):
                target.write_text(old)


def undated(catalogue: str) -> list[str]:
    """Return the lines without the time of the export, which alone is no change."""
    dates = ('"POT-Creation-Date', '"PO-Revision-Date')
    return [line for line in catalogue.splitlines() if not line.startswith(dates)]
