// The legend's event types and count: names come from a file and are set as text, never as HTML.
export default function ({ data, parentElement }) {
  parentElement.querySelector("p").textContent = data.shown;
  const list = parentElement.querySelector("ul");
  const drawn = JSON.stringify(data.types);
  if (list.drawn === drawn) return;
  list.drawn = drawn;
  list.replaceChildren(
    ...data.types.map(({ name, colour }) => {
      const line = document.createElement("li");
      const mark = document.createElement("i");
      mark.style.background = colour;
      const words = document.createElement("bdi");
      words.textContent = name;
      line.append(mark, words);
      return line;
    }),
  );
}
