"""All that an add-on may leave in a database: taken before it came and after it went.

The two are compared as a whole, so nothing depends on how an add-on names its things.
"""

from scripts.desk.postgres import literal

# What each line says is part of it: a field that changed its type is a trace too.
SCHEMA = {
    "column": """
        SELECT table_name, column_name, udt_name, is_nullable
        FROM information_schema.columns WHERE table_schema = 'public'
    """,
    "table or view": """
        SELECT relname, relkind FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm', 'S')
    """,
    "constraint": """
        SELECT conrelid::regclass, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    """,
    "index": "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "trigger": """
        SELECT tgrelid::regclass, tgname FROM pg_trigger WHERE NOT tgisinternal
    """,
    "function": """
        SELECT proname, oidvectortypes(proargtypes) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace
    """,
}
# Odoo's registers. What they say of a user's own work (sessions, defaults) is not here.
REGISTERS = {
    "module": "SELECT name, state FROM ir_module_module WHERE state != 'uninstalled'",
    # Not the entries in Apps, which an add-on has in any case. Nor names of
    # inheritances: Odoo gives them to others as well (portal, for a model with
    # messages), and then forgets to remove the names. So it does with the values of
    # selections that a mixin brought (mail, for a model with activities); the values
    # themselves are compared below.
    "external id": """
        SELECT module, name, model FROM ir_model_data d
        WHERE model NOT IN ('ir.module.module', 'ir.model.inherit')
        AND (model != 'ir.model.fields.selection' OR EXISTS (
            SELECT FROM ir_model_fields_selection s WHERE s.id = d.res_id))
    """,
    "model": "SELECT model FROM ir_model",
    "field": "SELECT model, name, ttype, relation FROM ir_model_fields",
    "selection": """
        SELECT f.model, f.name, s.value FROM ir_model_fields_selection s
        JOIN ir_model_fields f ON f.id = s.field_id
    """,
    # Odoo never removes what it noted of foreign keys; the keys themselves are above.
    "registered constraint": """
        SELECT c.name, c.type, m.model FROM ir_model_constraint c
        JOIN ir_model m ON m.id = c.model WHERE c.type != 'f'
    """,
    "relation": "SELECT name FROM ir_model_relation",
    "inheritance": """
        SELECT m.model, p.model FROM ir_model_inherit i
        JOIN ir_model m ON m.id = i.model_id JOIN ir_model p ON p.id = i.parent_id
    """,
    "view": "SELECT key, name, model, website_id, active, md5(arch_db::text)"
    " FROM ir_ui_view",
    "menu": """
        SELECT m.name->>'en_US', p.name->>'en_US' FROM ir_ui_menu m
        LEFT JOIN ir_ui_menu p ON p.id = m.parent_id
    """,
    "action": "SELECT type, name->>'en_US' FROM ir_actions",
    "server action code": "SELECT md5(coalesce(code, '')) FROM ir_act_server",
    "scheduled action": "SELECT cron_name, active FROM ir_cron",
    "report": "SELECT report_name FROM ir_act_report_xml",
    "group": """
        SELECT g.name->>'en_US', p.name->>'en_US' FROM res_groups g
        LEFT JOIN res_groups_privilege p ON p.id = g.privilege_id
    """,
    "privilege": "SELECT name->>'en_US' FROM res_groups_privilege",
    "category": "SELECT name->>'en_US' FROM ir_module_category",
    "implied group": """
        SELECT g.name->>'en_US', h.name->>'en_US' FROM res_groups_implied_rel r
        JOIN res_groups g ON g.id = r.gid JOIN res_groups h ON h.id = r.hid
    """,
    "user's group": """
        SELECT u.login, g.name->>'en_US' FROM res_groups_users_rel r
        JOIN res_groups g ON g.id = r.gid JOIN res_users u ON u.id = r.uid
    """,
    "access right": """
        SELECT a.name, m.model FROM ir_model_access a JOIN ir_model m
        ON m.id = a.model_id
    """,
    "record rule": "SELECT name, domain_force FROM ir_rule",
    "system parameter": "SELECT key FROM ir_config_parameter",
    "default": """
        SELECT f.model, f.name, d.json_value FROM ir_default d
        JOIN ir_model_fields f ON f.id = d.field_id
    """,
    "sequence": "SELECT code, name FROM ir_sequence",
    "mail template": "SELECT name->>'en_US', model FROM mail_template",
    "mail subtype": "SELECT name->>'en_US', res_model FROM mail_message_subtype",
    "activity type": "SELECT name->>'en_US', res_model FROM mail_activity_type",
    "asset": "SELECT name, path, bundle FROM ir_asset",
    "website menu": "SELECT name->>'en_US', url FROM website_menu",
    "website page": "SELECT url FROM website_page",
    "paper format": "SELECT name FROM report_paperformat",
}
# A line for each row: its kind and its columns, as one value without line breaks.
ALL = " UNION ALL ".join(
    f"SELECT {literal(kind)}, translate(found::text, E'\\n\\t', '  ')"
    f" FROM ({query}) found"
    for kind, query in {**SCHEMA, **REGISTERS}.items()
)
# Records that point to a model by its name, where no foreign key cleans up.
POINTERS = {
    "mail_message": "model",
    "mail_followers": "res_model",
    "mail_activity": "res_model",
    "ir_attachment": "res_model",
}


def take(server, database):
    """Return the set of (kind, what) that the database holds now."""
    # In one query: each is a process of its own, and there are forty kinds.
    rows = server.sql(ALL, database).splitlines()
    return {tuple(row.split("\t", 1)) for row in rows}


def dangling(server, database):
    """Return the tables with records of models that are gone."""
    found = []
    for table, column in POINTERS.items():
        query = (
            f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL"
            f" AND {column} NOT IN ('', 'False')"
            f" AND {column} NOT IN (SELECT model FROM ir_model)"
        )
        found += [f"{table}: {name}" for name in server.sql(query, database).split()]
    return found


def check_same(before, after):
    """Fail with one line for each thing that is left, or gone with the add-on."""
    lines = [f"left: {kind}: {what}" for kind, what in sorted(after - before)]
    lines += [f"gone: {kind}: {what}" for kind, what in sorted(before - after)]
    if lines:
        raise AssertionError("\n".join(lines))


#: Tables that hold records only while something is at work.
PASSING = {"distributor_feed_progress"}


def unused(server, database, name):
    """Return the add-on's own tables without a record: their removal proves little."""
    tables = server.sql(
        "SELECT replace(m.model, '.', '_') FROM ir_model m"
        " JOIN ir_model_data d ON d.model = 'ir.model' AND d.res_id = m.id"
        f" WHERE d.module = '{name}' AND NOT m.transient"
        " AND EXISTS (SELECT FROM pg_class WHERE relkind = 'r'"
        " AND relname = replace(m.model, '.', '_')) AND NOT EXISTS ("
        " SELECT FROM ir_model_data o WHERE o.model = 'ir.model' AND o.res_id = m.id"
        f" AND o.module != '{name}')",
        database,
    ).split()
    return [
        table
        for table in sorted(set(tables) - PASSING)
        if server.sql(f'SELECT NOT EXISTS (SELECT FROM "{table}")', database) == "t"
    ]
