"""Plain Python of the add-on: nothing here imports Odoo."""
