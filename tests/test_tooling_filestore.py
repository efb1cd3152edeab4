"""Files of a database are its own, also where several processes share the tests."""

from pathlib import Path

from odoo.modules.registry import Registry
from odoo.tests.common import get_db_name
from odoo.tools import config


def test_files_are_those_of_the_database():
    store = Path(config.filestore(get_db_name()))
    assert store.name == get_db_name()
    with Registry(get_db_name()).cursor() as cr:
        cr.execute("SELECT store_fname FROM ir_attachment WHERE store_fname > ''")
        names = [name for (name,) in cr.fetchall()]
    assert names
    assert not [name for name in names if not (store / name).is_file()]
