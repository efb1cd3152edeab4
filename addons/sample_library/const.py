"""Values that several models, and other add-ons, know by their codes."""

COLOR_FAMILIES = [
    ("white", "White"),
    ("beige", "Beige"),
    ("brown", "Brown"),
    ("grey", "Grey"),
    ("black", "Black"),
    ("yellow", "Yellow"),
    ("orange", "Orange"),
    ("red", "Red"),
    ("pink", "Pink"),
    ("purple", "Purple"),
    ("blue", "Blue"),
    ("green", "Green"),
    ("metallic", "Metallic"),
    ("multi", "Multicolor"),
]

CONDITIONS = [
    ("new", "New"),
    ("good", "Good"),
    ("worn", "Worn"),
    ("damaged", "Damaged"),
]

# Whoever asks for the same again within so many days is flagged, unless a distributor
# says otherwise.
DUPLICATE_DAYS = 30
