// Rows of text as a real table: every cell is set as text, never as HTML. The first cell of a row is a button.
const LONG = 40; // characters; only longer ones are clipped, since each clip costs the browser in every frame

export default function ({ data, parentElement, setTriggerValue }) {
  const box = parentElement.querySelector(".box");
  const table = box.querySelector("table");
  const drawn = JSON.stringify([data.columns, data.rows, data.sort, data.descending]);
  box.style.maxHeight = data.height ? `${data.height}px` : "";
  box.setAttribute("aria-label", data.label);
  parentElement.querySelector("p").textContent = data.note;
  if (box.drawn !== drawn) {
    const held = parentElement.activeElement?.dataset ?? {};
    table.replaceChildren(heading(data, setTriggerValue), body(data, setTriggerValue));
    if (box.drawn && box.page !== data.page) box.scrollTop = 0;
    box.drawn = drawn;
    box.page = data.page;
    const again = [...table.querySelectorAll("button")].find((button) => button.dataset.of && button.dataset.of === held.of);
    if (again) again.focus({ preventScroll: true });
  }
  for (const row of table.tBodies[0].rows) {
    if (row.of === data.selected) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}

function element(name, text, properties = {}) {
  const made = document.createElement(name);
  if (text !== null) made.textContent = text;
  return Object.assign(made, properties);
}

function heading(data, setTriggerValue) {
  const row = element("tr", null);
  for (const column of data.columns) {
    const cell = element("th", null, { scope: "col", className: column.number ? "number" : "" });
    if (data.sort === null) {
      cell.textContent = column.label;
    } else {
      const is_sorted = data.sort === column.name;
      const button = element("button", column.label, { type: "button", title: "Sort by this column" });
      button.dataset.of = `column ${column.name}`;
      if (is_sorted) {
        button.append(element("span", data.descending ? " ↓" : " ↑", { ariaHidden: "true" }));
        cell.setAttribute("aria-sort", data.descending ? "descending" : "ascending");
      }
      button.onclick = () => setTriggerValue("sorted", column.name);
      cell.append(button);
    }
    row.append(cell);
  }
  const head = element("thead", null);
  head.append(row);
  return head;
}

function body(data, setTriggerValue) {
  const made = element("tbody", null);
  for (const row of data.rows) {
    const line = element("tr", null, { of: row.id });
    row.cells.forEach((text, place) => {
      const column = data.columns[place];
      const cell = element(place ? "td" : "th", null, { className: column.number ? "number" : "" });
      if (text.length > LONG) {
        cell.classList.add("long");
        cell.title = text;
      }
      if (place) {
        cell.textContent = text;
        cell.dir = "auto";
      } else {
        cell.scope = "row";
        const button = element(row.id === null ? "span" : "button", text || "–", { dir: "auto" });
        if (row.id !== null) {
          button.type = "button";
          button.dataset.of = row.id;
        }
        cell.append(button);
      }
      line.append(cell);
    });
    if (row.id !== null) {
      line.className = "open";
      line.onclick = () => setTriggerValue("chosen", row.id);
    }
    line.onkeydown = (event) => {
      const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
      const other = step && line[step]?.querySelector("button");
      if (other) {
        event.preventDefault();
        other.focus();
      }
    };
    made.append(line);
  }
  return made;
}
