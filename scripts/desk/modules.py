"""Which modules go where: Odoo's in the template database, ours on a copy of it."""

from __future__ import annotations

import ast
from pathlib import Path

from . import hashing
from .console import Trouble
from .settings import ADDONS, given

# Every way an order can come to be confirmed has its module here, besides what the
# add-ons depend on: the tests knock on all of these doors.
CORE = [
    "sale_management",
    "sale_stock",
    "sale_loyalty",
    "sale_project",
    "sale_margin",
    "sale_pdf_quote_builder",
    "website_sale",
    "website_sale_stock",
    "website_sale_collect",
    "website_sale_loyalty",
    "website_event_sale",
    "event_booth_sale",
    "website_event_booth_sale",
    "delivery",
    "stock_delivery",
    "purchase_stock",
    "stock_dropshipping",
    "payment_demo",
    "payment_custom",
    "pos_sale",
    "base_automation",
    "base_import",
    "rpc",
    "web_tour",
]


def own_addons() -> dict[str, Path]:
    """Return the folders of this repository's add-ons by name."""
    folders = {
        manifest.parent.name: manifest.parent
        for manifest in sorted(ADDONS.glob("*/__manifest__.py"))
        if read_manifest(manifest.parent).get("installable", True)
    }
    if not folders:
        raise Trouble(f"no add-on in {ADDONS}")
    return folders


def chosen_addons() -> list[str]:
    """Return the add-ons named by ADDON=, or all."""
    there = own_addons()
    chosen = [name for name in given("ADDON").split(",") if name] or list(there)
    if unknown := sorted(set(chosen) - set(there)):
        raise Trouble(
            f"no add-on {', '.join(unknown)}; there is: {', '.join(there)}", code=2
        )
    return chosen


def closure(names: list[str]) -> list[str]:
    """Return add-ons of ours with those of ours they need, the needed ones first."""
    own, found = own_addons(), []

    def visit(name: str) -> None:
        for needed in read_manifest(own[name]).get("depends", ()):
            if needed in own:
                visit(needed)
        if name not in found:
            found.append(name)

    for name in names:
        visit(name)
    return found


def read_manifest(folder: Path) -> dict:
    try:
        return ast.literal_eval((folder / "__manifest__.py").read_text())
    except (SyntaxError, ValueError) as error:
        raise Trouble(
            f"{folder}/__manifest__.py cannot be read: {error}", code=1
        ) from error


def template_modules() -> list[str]:
    """Return what the templates hold: never ours, which change with every edit."""
    own = own_addons()
    wanted = set(CORE)
    for folder in own.values():
        wanted.update(read_manifest(folder).get("depends", ()))
    return sorted(wanted - set(own))


def hashes(names: list[str]) -> dict[str, str]:
    own = own_addons()
    return {name: hashing.of_addon(own[name]) for name in names}
