"""The process a benchmark runs in: an Odoo environment and nothing else of the tool.

Called as `python -m scripts.desk.bench_process <configuration> <name> <sites>`, the
last a JSON object with the servers that run for it.
"""

import importlib
import json
import sys


def main(config_file, name, sites):
    import odoo.tools
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry

    odoo.tools.config.parse_config(
        ["-c", config_file, "--no-http", "--log-level=warn"], setup_logging=True
    )
    registry = Registry(odoo.tools.config["db_name"][0])
    module = importlib.import_module(f"benchmarks.{name}")
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        module.run(env, **json.loads(sites))


if __name__ == "__main__":
    main(*sys.argv[1:])
