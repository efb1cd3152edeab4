from . import models


def uninstall_hook(env):
    """Remove feeds of posted data: left alone, they would bring offers."""
    env["distributor.feed"].with_context(active_test=False).search(
        [("post_kind", "!=", False)]
    ).unlink()
