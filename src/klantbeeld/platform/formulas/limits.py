"""How large a formula may be: enough for what people write, and too little to keep a database busy with."""

LENGTH = 1_000  # characters
PARTS = 150  # numbers, texts, fields, operators and calls together
DEPTH = 25  # parts within parts
DIGITS = 15  # of a number
DECIMALS = 6  # of a result
