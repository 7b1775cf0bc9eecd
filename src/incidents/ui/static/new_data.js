// Asks the server from time to time whether the store has changed, and has the page drawn anew when it has.
const EVERY_MS = 3000;

export default function ({ data, setTriggerValue }) {
  const folder = location.pathname.replace(/\/?$/, "/");
  let isGone = false; // an answer that comes after another page was opened asks for nothing
  const timer = setInterval(async () => {
    try {
      const answer = await fetch(`${folder}${data.address}?${Date.now()}`, { cache: "no-store" });
      const version = (await answer.text()).trim();
      if (!isGone && answer.ok && /^\d+$/.test(version) && version !== data.version) setTriggerValue("changed", version);
    } catch {
      // The server is away: the page itself says so.
    }
  }, EVERY_MS);
  return () => {
    isGone = true;
    clearInterval(timer);
  };
}
