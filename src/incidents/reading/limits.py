"""Limits of a file: what is larger is refused with one sentence."""

FILE_BYTES = 1_000_000_000
UNPACKED_BYTES = 2_000_000_000
UNPACKED_TIMES = 150  # its size, what a file may unpack to; real tables reach 30
SMALL_BYTES = 100_000_000  # what unpacks to less is never refused for that
INNER_BYTES = 300_000_000  # of a workbook, a Parquet file or a packed file inside a ZIP archive: held in memory
LINE_BYTES = 50_000_000  # of a text without a line end
CELL_CHARACTERS = 1_000_000
COLUMNS = 2_000
ROWS = 10_000_000
CELLS = 150_000_000  # of the whole table; each costs memory even where it is empty
SHEET_ROWS = 1_000_000
STRINGS_BYTES = 200_000_000  # texts of a workbook, which its cells name by number; up to four times as much in memory
STRINGS = 4_000_000
LIST_CELLS = 5_000_000  # of JSON that is a list of lists
CHUNK_CELLS = 1_000_000  # in memory one by one, before they go into a column; real chunks have fewer
CHUNK_CHARACTERS = 32_000_000
XLS_MEMORY = 2_000_000_000  # of the process that reads one; a sheet of 65,536 rows and 256 columns takes 400 MB
XLS_SECONDS = 10  # of its processor time, and as much again for each megabyte
STYLES_BYTES = 50_000_000
RECORD_CHARACTERS = 20_000_000  # of one JSON record
ARCHIVE_MEMBERS = 10_000
RAW_CHARACTERS = 10_000  # of a rejected row's text
SAMPLE_BYTES = 256_000  # looked at to decide encoding and delimiter
SAMPLE_RECORDS = 400
UNCLOSED_QUOTES = 50  # a quote that is never closed swallows the rest; so many are skipped one by one
