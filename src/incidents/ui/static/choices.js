// A few buttons of words; the words are set as text, never as HTML.
export default function ({ data, parentElement, setTriggerValue }) {
  const group = parentElement.querySelector(".choices");
  const drawn = JSON.stringify(data);
  if (group.drawn === drawn) return;
  group.drawn = drawn;
  group.setAttribute("aria-label", data.label);
  const held = parentElement.activeElement?.textContent;
  group.replaceChildren(
    ...data.choices.map(({ label, words, disabled }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.title = words;
      button.disabled = disabled;
      button.onclick = () => setTriggerValue("chosen", label);
      return button;
    }),
  );
  if (held) [...group.children].find((button) => button.textContent === held)?.focus({ preventScroll: true });
}
