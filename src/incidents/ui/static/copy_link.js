// Copies the page's address, with what the map shows at this moment.
export default function ({ parentElement }) {
  const button = parentElement.querySelector("button");
  const told = parentElement.querySelector("span");
  button.onclick = async () => {
    const address = withView(new URL(window.location.href)).toString();
    const is_done = (await written(address)) || selected(address);
    told.textContent = is_done ? "Link copied" : "Copy it from the address bar";
    window.setTimeout(() => (told.textContent = ""), 3000);
  };
}

function withView(address) {
  try {
    const frame = [...document.querySelectorAll("iframe")].find((each) => each.src.includes("streamlit_folium"));
    const map = frame.contentWindow.map_div;
    const middle = map.getCenter();
    address.searchParams.set("view", `${middle.lat.toFixed(4)},${middle.lng.toFixed(4)},${map.getZoom()}`);
  } catch {
    // no map on the page yet: the address as it is
  }
  return address;
}

async function written(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // not allowed, or the page is not on this machine and not encrypted
  }
}

function selected(text) {
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const is_done = document.execCommand("copy");
  field.remove();
  return is_done;
}
