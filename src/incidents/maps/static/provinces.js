"use strict";
// Provinces: the shapes are fetched once and stay on the map; each step brings numbers, and only their colours change.
window.incidentsProvinces = (() => {
  let map = null, canvas = null, marks = null, options = null, shapes = null, asked = false, facts = null, leaving = 0;
  const group = L.featureGroup(), drawn = new Map();
  const shade = () => (window.incidentsBasemap.look.dark ? "dark" : "light");
  const EDGE = { light: "#8d979d", dark: "#5d6a71" };
  let hatches = {};

  function hatch(name) {
    if (hatches[name]) return hatches[name];
    const tile = document.createElement("canvas"), ctx = tile.getContext("2d");
    tile.width = tile.height = 8;
    ctx.strokeStyle = name === "dark" ? "#67737a" : "#b3babe"; ctx.lineWidth = 1.2;
    for (const by of [-8, 0, 8]) { ctx.beginPath(); ctx.moveTo(by - 1, 9); ctx.lineTo(by + 9, -1); ctx.stroke(); }
    return (hatches[name] = ctx.createPattern(tile, "repeat"));
  }

  function fillOf(value) {
    const name = shade();
    if (value === undefined || value === null) return hatch(name);
    let place = -1;
    while (place + 1 < facts.starts.length && value >= facts.starts[place + 1]) place++;
    if (place < 0) return options.zero[name];
    const ramp = options.ramps[name], spread = facts.starts.length > 1 ? (place * (ramp.length - 1)) / (facts.starts.length - 1) : ramp.length - 2;
    return ramp[Math.round(spread)];
  }

  const valueOf = (id) => (facts.provinces[id] ? facts.provinces[id][facts.by] : undefined);

  function said(id, name) {
    const known = facts && facts.provinces[id];
    if (!known) return `${name}: no incident in the data`;
    const [n, dead, without] = known.map((value) => (value === null ? null : value.toLocaleString("en")));
    if (!known[0]) return `${name}: none of this filter`;
    return `${name}: ${n} ${known[0] === 1 ? "incident" : "incidents"}, ${dead === null ? "no figure of the dead" : `${dead} reported dead`}${dead !== null && known[2] ? `, ${without} without a figure` : ""}`;
  }

  function shapeOf({ id, name }, parts) {
    const made = L.polygon(parts.map((part) => part.map((ring) => ring.map(([longitude, latitude]) => [latitude, longitude]))),
      { renderer: canvas, weight: 0.7, fillOpacity: 0.86, smoothFactor: 1.2 });
    made.toGeoJSON = () => ({ type: "Feature", geometry: null, properties: { province: id } }); // what a click sends
    made.bindTooltip(() => { const text = document.createElement("span"); text.textContent = said(id, name); return text; }, { sticky: true });
    made.on("mouseover", () => made.setStyle({ weight: 2 }).bringToFront()).on("mouseout", () => made.setStyle({ weight: 0.7 }));
    return made;
  }

  function paint() {
    if (!shapes || !facts) return;
    const countries = new Set();
    for (const { properties } of shapes) if (facts.provinces[properties.id]) countries.add(properties.iso2);
    for (const { properties, geometry } of shapes) {
      const { id } = properties, wanted = countries.has(properties.iso2);
      if (!wanted) { if (drawn.has(id)) group.removeLayer(drawn.get(id)); continue; }
      if (!drawn.has(id)) drawn.set(id, shapeOf(properties, geometry.coordinates));
      const shape = drawn.get(id), fillColor = fillOf(valueOf(id)), color = EDGE[shade()];
      if (shape.options.fillColor !== fillColor || shape.options.color !== color) shape.setStyle({ fillColor, color });
      if (!group.hasLayer(shape)) group.addLayer(shape);
    }
  }

  function show(wanted) {
    clearTimeout(leaving);
    facts = wanted;
    if (!map.hasLayer(group)) map.addLayer(group);
    if (marks._container) marks._container.style.pointerEvents = "none"; // one canvas would cover the other
    if (canvas._container) canvas._container.style.pointerEvents = "";
    paint();
    if (asked) return;
    asked = true;
    fetch(`${options.basemap}province_shapes.json`).then((answer) => answer.json()).then((file) => { shapes = file.features; paint(); });
  }

  function hide() {
    map.removeLayer(group);
    if (marks._container) marks._container.style.pointerEvents = "";
    if (canvas._container) canvas._container.style.pointerEvents = "none";
  }

  const Values = L.Layer.extend({ // takes no room itself
    initialize(wanted) { this._wanted = wanted; },
    onAdd() { show(this._wanted); },
    onRemove() { leaving = setTimeout(hide, 0); },
    getLatLng: () => map.getCenter(), // it has a place as every mark has
    redraw() { paint(); },
  });

  function start(made, markCanvas, given) {
    map = made; marks = markCanvas; options = given;
    map.createPane("provinces").style.zIndex = 320;
    canvas = L.canvas({ pane: "provinces", padding: 0.1 });
    window.incidentsBasemap.onLook(paint);
  }

  return { start, layer: (wanted) => new Values(wanted) };
})();
