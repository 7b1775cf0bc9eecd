// Asks the server from time to time whether the store has changed, and has the page drawn anew when it has.
const EVERY_MS = 3000;

export default function ({ data, parentElement, setTriggerValue }) {
  const folder = location.pathname.replace(/\/?$/, "/");
  const stands = () => (parentElement.host ?? parentElement).isConnected; // false once another page stands there
  const timer = setInterval(async () => {
    if (!stands()) return clearInterval(timer);
    try {
      const answer = await fetch(`${folder}${data.address}?${Date.now()}`, { cache: "no-store" });
      const version = (await answer.text()).trim();
      if (stands() && answer.ok && /^\d+$/.test(version) && version !== data.version) setTriggerValue("changed", version);
    } catch {
      // The server is away: the page itself says so.
    }
  }, EVERY_MS);
  return () => clearInterval(timer);
}
