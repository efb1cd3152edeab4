def uninstall_hook(env):
    """End the subscriptions to what goes with the add-on: else its services stay."""
    names = ("order_track.service_track", "order_track.service_inventory")
    services = [env.ref(name, raise_if_not_found=False) for name in names]
    ids = [service.id for service in services if service]
    subscriptions = env["trade.subscription"].with_context(active_test=False)
    subscriptions.search([("service_id", "in", ids)]).unlink()
