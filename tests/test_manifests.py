"""An add-on names every module that it uses.

Installed together nothing would tell: what one forgets, another brings along. So its
files are read: what they import, extend and refer to must come with the add-on.
"""

import ast
import re

import pytest
from lxml import etree

from odoo.modules.module import Manifest

from scripts.desk import modules

OWN = modules.own_addons()

#: What names another module, in XML, CSV and JavaScript.
REFERENCES = {
    ".xml": re.compile(
        r"""(?:\bref\(\s*['"]|\b(?:ref|inherit_id|t-call|action|parent)=['"]"""
        r"""|\bid=['"])([a-z_0-9]+)\.[A-Za-z_]"""
        r"""|\bgroups=['"]!?([a-z_0-9]+)\.""",
    ),
    ".csv": re.compile(r",([a-z_0-9]+)\.[a-z_]+,"),
    ".js": re.compile(r"""from ['"]@([a-z_0-9]+)/"""),
}


def closure(name, found=None):
    """Return the names of all modules that come with a module, itself included."""
    found = set() if found is None else found
    if name not in found:
        found.add(name)
        for needed in Manifest.for_addon(name)["depends"]:
            closure(needed, found)
    return found


def imported(source):
    """Yield the modules of Odoo that Python code imports from."""
    for node in ast.walk(ast.parse(source)):
        names = []
        if isinstance(node, ast.ImportFrom) and not node.level:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            if name.startswith("odoo.addons."):
                yield name.split(".")[2]


def used(folder):
    """Yield (file, module) for what the files of an add-on name."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".py":
            names = imported(path.read_text(errors="replace"))
        elif path.suffix in REFERENCES:
            found = REFERENCES[path.suffix].finditer(path.read_text(errors="replace"))
            names = (name for match in found for name in match.groups() if name)
        else:
            continue
        yield from ((path.relative_to(folder), name) for name in names)


@pytest.mark.parametrize("name", OWN)
def test_names_what_it_uses(name):
    there = closure(name)
    missing = {
        f"{file}: {module}"
        for file, module in used(OWN[name])
        if module not in there and Manifest.for_addon(module, display_warning=False)
    }
    assert not missing


def test_what_is_missing_is_seen(tmp_path):
    (tmp_path / "model.py").write_text("from odoo.addons.crm.models import crm_lead\n")
    (tmp_path / "view.xml").write_text('<field name="x" ref="hr.view_employee" />')
    (tmp_path / "tour.js").write_text('import {x} from "@mrp/js/x";')
    (tmp_path / "access.csv").write_text("a,a,model_a,fleet.group_user,1,0,0,0\n")
    assert {module for _file, module in used(tmp_path)} == {"crm", "hr", "mrp", "fleet"}


def test_no_demo_login_twice():
    """Demo data of two add-ons meet in one database, where a login is unique.

    The second one would be installed without any of its demo data.
    """
    logins = {}
    for name, folder in OWN.items():
        for path in folder.glob("demo/*.xml"):
            for field in etree.parse(path).iterfind(
                ".//record[@model='res.users']/field[@name='login']"
            ):
                logins.setdefault(field.text, []).append(f"{name}/{path.name}")
    assert logins
    assert {login: where for login, where in logins.items() if len(where) > 1} == {}
