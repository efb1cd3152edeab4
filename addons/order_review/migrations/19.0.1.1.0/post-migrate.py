def migrate(cr, version):
    """Give confirmed orders the instant they passed, and judge corrections anew.

    The order date is the best that is known of orders confirmed by earlier versions.
    Corrections that are still to be made were stored as blocks: without their rows the
    next look at the orders announces them.  Foreign keys and indexes that the fields no
    longer ask for stay unless they are dropped: they made storing findings slow.

    :param cr: cursor of the database
    :param str version: version that is installed, empty when there is none
    """
    if not version:
        return
    for column in ("line_id", "rule_id"):
        cr.execute(
            f"""
            ALTER TABLE sale_review_finding
                DROP CONSTRAINT IF EXISTS sale_review_finding_{column}_fkey
            """
        )
    cr.execute("DROP INDEX IF EXISTS sale_review_finding__line_id_index")
    cr.execute("DROP INDEX IF EXISTS sale_order__review_state_index")
    cr.execute(
        """
        UPDATE sale_order SET review_confirmed_at = date_order
         WHERE state = 'sale' AND review_confirmed_at IS NULL
        """
    )
    cr.execute(
        """
        DELETE FROM sale_review_finding
         WHERE kind = 'correction' AND decision_id IS NULL
        """
    )
    cr.execute(
        """
        INSERT INTO ir_cron_trigger (cron_id, call_at)
        SELECT res_id, now() AT TIME ZONE 'UTC'
          FROM ir_model_data
         WHERE module = 'order_review' AND name = 'ir_cron_refresh'
        """
    )
