// In every frame: when the user acted, when the script ran and rested, when the map was drawn anew. Times are milliseconds since 1970.
(() => {
  const now = () => performance.timeOrigin + performance.now();
  const seen = { input: 0, state: "", rested: 0, history: [], drawn: 0, clustered: 0, instances: {}, now };
  window.seen = seen;

  for (const kind of ["keydown", "pointerup"]) addEventListener(kind, () => { seen.input = now(); }, true);

  new MutationObserver((changes) => {
    for (const { target } of changes) {
      // A short run begins and ends before this is called: every change counts, also one to the same value.
      seen.state = target.getAttribute("data-test-script-state");
      if (seen.state === "notRunning") seen.rested = now();
      if (seen.history.length < 1000) seen.history.push([now(), seen.state]);
    }
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-test-script-state"] });

  // A run of some milliseconds is never seen on the page; its first sentence tells that it was.
  seen.watchSentence = () => {
    const within = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest?.(".st-key-sentence");
    new MutationObserver((changes) => {
      if (seen.history.length < 1000 && changes.some(({ target }) => within(target))) seen.history.push([now(), "sentence"]);
    }).observe(document, { subtree: true, childList: true, characterData: true });
  };

  // Leaflet: layers of incidents carry the property n; a marker cluster knows how many it holds.
  let old = new Set();
  const layers = () => {
    const found = { marks: [], clustered: 0 };
    if (typeof map_div === "undefined" || !map_div || !map_div.eachLayer) return found;
    map_div.eachLayer((layer) => {
      if (layer.feature && layer.feature.properties && "n" in layer.feature.properties) found.marks.push(layer);
      if (layer._topClusterLevel) found.clustered = layer._topClusterLevel.getChildCount();
    });
    return found;
  };
  seen.watch = () => {
    old = new Set(layers().marks);
    seen.drawn = 0;
    const timer = setInterval(() => {
      const { marks, clustered } = layers();
      if (!clustered && !(marks.length && !marks.some((layer) => old.has(layer)))) return;
      clearInterval(timer);
      requestAnimationFrame(() => { seen.drawn = now(); seen.clustered = clustered; });
    }, 5);
  };
  if (window !== top) seen.watch();

  // deck.gl: a layer of points is one instanced draw call; the number of instances is the number of points.
  const context = window.WebGL2RenderingContext && WebGL2RenderingContext.prototype;
  for (const call of context ? ["drawArraysInstanced", "drawElementsInstanced"] : []) {
    const drawing = context[call];
    context[call] = function (...given) {
      const count = given[given.length - 1];
      seen.instances[count] = seen.instances[count] || now();
      return drawing.apply(this, given);
    };
  }
})();
