"""What documents of different standards say of an item."""


def steps(item):
    """Least quantities and prices of an item."""
    if breaks := item.get("price_breaks"):
        return [one.split(":") for one in breaks.split("|")]
    return [("", item["price"])] if item.get("price") else []
