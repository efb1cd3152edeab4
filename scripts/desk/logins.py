"""Who can log in to the demo shop: the users our add-ons' demo data made."""

from __future__ import annotations

from . import modules
from .postgres import Server, literal


def demo_logins(server: Server, database: str) -> list[tuple[str, str, str]]:
    """Return (login, job, name) of each user that our add-ons' data made."""
    own = ", ".join(literal(name) for name in modules.own_addons())
    rows = server.sql(
        "SELECT u.login, coalesce(p.function, ''), p.name"
        " FROM res_users u JOIN res_partner p ON p.id = u.partner_id"
        " WHERE u.active AND u.id IN (SELECT res_id FROM ir_model_data"
        f" WHERE model = 'res.users' AND module IN ({own})) ORDER BY u.id",
        database,
    )
    return [tuple(row.split("\t")) for row in rows.splitlines()]


def table(server: Server, database: str) -> str:
    """Return the logins as text; a demo user's password is the login."""
    rows = [("login", "password", "who"), ("admin", "admin", "administrator")]
    for login, job, name in demo_logins(server, database):
        rows.append((login, login, f"{name}, {job}" if job else name))
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    return "\n".join(
        f"  {login:<{widths[0]}}  {password:<{widths[1]}}  {who}"
        for login, password, who in rows
    )
