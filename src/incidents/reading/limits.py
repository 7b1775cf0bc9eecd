"""Limits of a file: what is larger is refused with one sentence."""

FILE_BYTES = 1_000_000_000
UNPACKED_BYTES = 2_000_000_000
CELL_CHARACTERS = 1_000_000
COLUMNS = 2_000
ROWS = 10_000_000
RAW_CHARACTERS = 10_000  # of a rejected row's text
SAMPLE_BYTES = 256_000  # looked at to decide encoding and delimiter
SAMPLE_RECORDS = 400
UNCLOSED_QUOTES = 50  # a quote that is never closed swallows the rest; so many are skipped one by one
