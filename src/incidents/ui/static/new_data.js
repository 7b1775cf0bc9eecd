// Asks the server from time to time whether the store has changed, and has the page drawn anew when it has.
const EVERY_MS = 3000;

export default function ({ data, setTriggerValue }) {
  const folder = location.pathname.replace(/\/?$/, "/");
  const timer = setInterval(async () => {
    try {
      const answer = await fetch(`${folder}${data.address}?${Date.now()}`, { cache: "no-store" });
      const version = (await answer.text()).trim();
      if (answer.ok && /^\d+$/.test(version) && version !== data.version) setTriggerValue("changed", version);
    } catch {
      // The server is away: the page itself says so.
    }
  }, EVERY_MS);
  return () => clearInterval(timer);
}
