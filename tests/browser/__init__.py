"""Stories with a real browser against the whole product."""
