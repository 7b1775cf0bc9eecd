"use strict";
// Candidates of one place: numbered marks, the chosen one's radius, the province's outline. A click beside them is a point of one's own.
window.placeMap = (() => {
  const look = () => window.incidentsBasemap.look;
  const CHOSEN = "#1f6f8b";

  function start(map, folder) {
    window.incidentsBasemap.start(map, folder);
    L.control.scale({ imperial: false }).addTo(map);
    map.attributionControl.setPrefix("");
    map.attributionControl.addAttribution("Natural Earth, GeoNames");
    map.getContainer().style.cursor = "crosshair";
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  }

  function point({ properties: { number, chosen, ring } }, latlng) {
    if (ring) return L.circle(latlng, { radius: ring * 1000, interactive: false, color: CHOSEN, weight: 1, dashArray: "4 3", fillOpacity: 0.06 });
    const text = number > 0 ? Number(number) : "";
    const colours = chosen ? `background:${CHOSEN};color:#fff` : `background:${look().panel};color:${look().ink}`;
    const html = `<div style="width:22px;height:22px;border-radius:50%;border:2px solid ${CHOSEN};box-sizing:border-box;text-align:center;font:600 12px/18px sans-serif;${colours}">${text}</div>`;
    return L.marker(latlng, { icon: L.divIcon({ html, className: "", iconSize: [22, 22] }), zIndexOffset: chosen ? 1000 : 0, alt: `candidate ${text}` });
  }

  function each({ properties: { outline } }, layer) {
    if (!outline) return;
    layer.options.interactive = false;
    layer.setStyle({ color: CHOSEN, weight: 1.5, fillOpacity: 0.04 });
  }

  return { start, point, each };
})();
