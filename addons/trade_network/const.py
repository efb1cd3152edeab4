"""The roles that this add-on ships, and that others build on by their codes."""

DISTRIBUTOR = "distributor"
SHOWROOM = "showroom"
SALES_REP = "sales_rep"
DESIGNER = "designer"

ROLES = (DISTRIBUTOR, SHOWROOM, SALES_REP, DESIGNER)
