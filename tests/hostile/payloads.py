"""Text that runs somewhere if nobody takes care: in HTML, scripts, templates, Markdown, spreadsheets, terminals, SQL and file names."""

OUTSIDE = "outside.invalid"
"""No machine of this name exists; a request to it is a fault."""

RAN = "window.pwned=1"

RUNNING = {
    "image": f"<img src=x onerror=\"{RAN};fetch('http://{OUTSIDE}/a')\">",
    "image outside": f'<img src="http://{OUTSIDE}/image.png">',
    "script": f"<script>{RAN}</script>",
    "script ends": f"</script><script>{RAN}</script>",
    "style ends": f"</style></title></textarea><svg onload={RAN}>",
    "frame": f'<iframe src="http://{OUTSIDE}/frame" srcdoc="<script>parent.{RAN}</script>"></iframe>',
    "comment ends": f"--><svg/onload={RAN}>]]>",
    "attribute ends": f'" autofocus onfocus="{RAN}" x="',
    "attribute ends, single": f"' autofocus onfocus='{RAN}' x='",
    "product": "{{7*7}}",
    "product, other": "{{ 7*7 }}${7*7}<%= 7*7 %>#{7*7}",
    "if never ends": "{% if %}",
    "block never ends": "{% raw %}{# no end",
    "classes": "{% for x in ().__class__.__base__.__subclasses__() %}{{x}}{% endfor %}",
    "literal": f"${{{RAN}}}",
    "literal ends": f"`;{RAN};`",
    "literal, alert": "${alert(1)}`${alert(2)}`",
    "backtick": "`",
    "backslashes": "\\`\\${alert(1)}\\u003cscript\\u003e\\",
    "string ends": f"');{RAN};//",
    "string ends, double": f'");{RAN};//',
    "line separators": f"a\u2028{RAN}\u2029b",
    "to the left": "\u202egnp.exe\u202c \u2066inner\u2069 \u200f",
    "picture in Markdown": f"![x](http://{OUTSIDE}/a.png)",
    "link in Markdown": "[x](javascript:alert(1))",
    "link of an address": f"<http://{OUTSIDE}/auto> www.{OUTSIDE}",
    "icon": ":material/delete: :smile: :streamlit:",
    "formula": "$$\\href{javascript:alert(1)}{x}$$ $\\text{x}$",
    "coloured": ":red[x] :blue-background[y] ~~z~~ **b** # h",
    "block of Markdown": "---\n# head\n> quote\n\n| a |\n|---|\n",
    "query": "'; DROP TABLE incidents; --",
    "query, double": '"; DROP TABLE incidents; --',
    "query's pattern": "%_\\%' OR 1=1 --",
    "placeholder": "$1 ? :name {name} %(x)s %s",
    "terminal": "\x1b]0;owned\x07\x1b[2J\x1b[31mred\x9b31m",
    "object": '{"__proto__":{"polluted":1}}',
    "address of a script": "javascript:window.pwned=1",
    "address of data": "data:text/html,<script>window.pwned=1</script>",
    "path": "../../../../etc/passwd",
    "path, Windows": "C:\\con",
    "prototype": "__proto__",
}

FORMULAS = {
    "link": f'=HYPERLINK("http://{OUTSIDE}","x")',
    "command": "=cmd|'/C calc'!A0",
    "plus": "+cmd|'/C calc'!A0",
    "minus": "-2+3+cmd|'/C calc'!A0",
    "at": "@SUM(1+1)*cmd|'/C calc'!A0",
    "tab": "\t=1+1",
    "return": "\r=1+1",
    "quoted already": "'=1+1",
    "quoted twice": "''@x",
    "wide": "\uff1d1+1",
    "blank before": " =1+1",
    "feed before": "\n=1+1",
    "mark before": "\ufeff=1+1",
    "unseen before": "\u200b=1+1",
}

UNSEEN = {
    "NUL": "a\0b",
    "bell": "a\x07b",
    "delete": "a\x7fb",
    "surrogates, paired": "\U0001f600",
    "combining": "a" + "\u0301" * 200,
    "mark": "\ufeffa",
    "line feed": "a\nb",
    "return": "a\rb",
    "not a character": "\uffff\ufffe",
}

PAYLOADS: dict[str, str] = {
    **RUNNING,
    **{f"formula, {name}": text for name, text in FORMULAS.items()},
    **{f"unseen, {name}": text for name, text in UNSEEN.items()},
    "long": "long " * 2_000,
    "one long word": "w" * 5_000,
}

FILE_NAMES = (
    "../../x.csv",
    "..\\..\\x.csv",
    "/etc/passwd",
    "C:\\con",
    "con.csv",
    "nul",
    ".",
    "..",
    "",
    " ",
    "a\nb.csv",
    "a\0b.csv",
    "\u202evsc.exe",
    "n" * 300 + ".csv",
    "\udcff.csv",
    *RUNNING.values(),
    *FORMULAS.values(),
)
