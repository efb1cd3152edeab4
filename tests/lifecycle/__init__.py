"""What the tests of installing, updating, removing and upgrading add-ons share."""
