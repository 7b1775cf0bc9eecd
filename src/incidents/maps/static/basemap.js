"use strict";
// The shipped base map: countries, province lines and labels on canvases below the tiles, so that tiles, when asked for, cover it.
window.incidentsBasemap = (() => {
  const LIGHT = { sea: "#dde7ee", land: "#f6f5f1", border: "#a9b0b5", province: "#d3d6d6", country: "#5a6268", name: "#7b8288", halo: "#f6f5f1",
                  panel: "#ffffff", ink: "#2c3338", line: "#c9cdd0", veil: "rgba(255,255,255,.75)", dark: false };
  const DARK = { sea: "#171d22", land: "#262d32", border: "#59646b", province: "#3a444a", country: "#b9c2c8", name: "#8d979e", halo: "#20272b",
                 panel: "#222a2f", ink: "#dfe5e9", line: "#48535a", veil: "rgba(25,31,35,.75)", dark: true };
  const PROVINCES_FROM = 5, TOWNS_FROM = 6;
  const listeners = [];
  let look = LIGHT;

  function isDark(colour) {
    const probe = document.createElement("canvas").getContext("2d");
    probe.fillStyle = "#ffffff";
    probe.fillStyle = colour.trim() || "#ffffff";
    const hex = /^#(..)(..)(..)$/.exec(probe.fillStyle);
    return Boolean(hex) && hex.slice(1).reduce((sum, part) => sum + parseInt(part, 16), 0) < 3 * 110;
  }

  function readLook(colour) {
    const wanted = isDark(colour) ? DARK : LIGHT;
    const changed = wanted !== look;
    look = wanted;
    for (const name of ["sea", "panel", "ink", "line", "veil"]) document.documentElement.style.setProperty(`--incidents-${name}`, look[name]);
    if (changed) listeners.forEach((listener) => listener(look));
  }

  const Labels = L.Layer.extend({
    initialize(options) { L.setOptions(this, options); },
    onAdd(map) {
      this._canvas = L.DomUtil.create("canvas", "leaflet-zoom-hide", map.getPane("labels"));
      map.on("moveend viewreset resize", this.draw, this);
      this.draw();
    },
    draw() {
      const map = this._map, canvas = this._canvas, size = map.getSize(), scale = window.devicePixelRatio || 1;
      if (!map || !this.options.names || !size.x) return;
      L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
      canvas.width = size.x * scale; canvas.height = size.y * scale;
      canvas.style.width = `${size.x}px`; canvas.style.height = `${size.y}px`;
      const ctx = canvas.getContext("2d"), zoom = map.getZoom(), bounds = map.getBounds().pad(0.05), taken = [], centre = map.getCenter().lng;
      const south = bounds.getSouth(), north = bounds.getNorth(), west = bounds.getWest(), east = bounds.getEast();
      ctx.scale(scale, scale);
      ctx.textAlign = "center"; ctx.textBaseline = "middle"; ctx.lineJoin = "round"; ctx.lineWidth = 3; ctx.strokeStyle = look.halo;
      const seen = this.options.towns && zoom >= TOWNS_FROM ? this.options.names.concat(this.options.towns) : this.options.names;
      for (const [name, latitude, longitude, from, kind] of seen) {
        if (kind === undefined && zoom < from) break; // towns come by population, so by zoom
        if (zoom < from || (kind === "country" && zoom > 8) || latitude < south || latitude > north) continue;
        const place = [latitude, longitude + 360 * Math.round((centre - longitude) / 360)];
        if (place[1] < west || place[1] > east) continue;
        const isCountry = kind === "country", at = map.latLngToContainerPoint(place);
        const isTown = kind === undefined;
        ctx.font = isCountry ? "600 12px 'Source Sans', system-ui, sans-serif" : `${isTown ? "" : "italic "}11px 'Source Sans', system-ui, sans-serif`;
        const half = ctx.measureText(name).width / 2 + 3, box = [at.x - half, at.y - 8, at.x + half, at.y + 8];
        if (taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) continue;
        taken.push(box);
        const y = isTown ? at.y - 9 : at.y;
        ctx.strokeText(name, at.x, y);
        ctx.fillStyle = isCountry || isTown ? look.country : look.name;
        ctx.fillText(name, at.x, y);
        if (isTown) { ctx.beginPath(); ctx.arc(at.x, at.y, 1.6, 0, 2 * Math.PI); ctx.fill(); }
      }
    },
  });

  function start(map, folder) {
    readLook(getComputedStyle(document.documentElement).getPropertyValue("--background-color"));
    window.addEventListener("message", (event) => {
      const theme = event.data && event.data.type === "streamlit:render" && event.data.theme;
      if (theme) readLook(theme.backgroundColor);
    });
    for (const [pane, height] of [["land", 150], ["labels", 350]]) {
      map.createPane(pane).style.zIndex = height;
      map.getPane(pane).style.pointerEvents = "none";
    }
    const renderer = L.canvas({ pane: "land", padding: 0.2 });
    const land = [], labels = new Labels({ names: null });
    let provinces = null, asked = false;
    const read = (file) => fetch(`${folder}${file}`).then((answer) => answer.json());
    const paint = () => {
      land.forEach((layer) => layer.setStyle({ color: look.border, fillColor: look.land }));
      if (provinces) provinces.setStyle({ color: look.province });
      if (labels._map) labels.draw();
    };
    const showProvinces = () => {
      const wanted = map.getZoom() >= PROVINCES_FROM;
      if (wanted && !asked) {
        asked = true;
        read("provinces.json").then((file) => {
          provinces = incidentsOutlines.outline(incidentsOutlines.lines(file), 0, { renderer, pane: "land", closed: false, weight: 1, color: look.province });
          showProvinces();
        });
      }
      if (provinces && wanted !== map.hasLayer(provinces)) wanted ? map.addLayer(provinces) : map.removeLayer(provinces);
    };
    read("countries.json").then(incidentsOutlines.areas).then((areas) => {
      const copies = new Set();
      const copy = (world) => {
        if (copies.has(world)) return;
        copies.add(world);
        for (const area of areas) {
          land.push(incidentsOutlines.outline(area, world, { renderer, pane: "land", weight: 1, color: look.border, fillColor: look.land, fillOpacity: 1 }).addTo(map));
        }
      };
      const fill = () => {
        const west = Math.floor((map.getBounds().getWest() + 180) / 360), east = Math.floor((map.getBounds().getEast() + 180) / 360);
        for (let world = Math.max(-2, west); world <= Math.min(2, east); world++) copy(world);
      };
      copy(0);
      fill();
      map.on("moveend", fill);
      showProvinces();
      map.on("zoomend", showProvinces);
      return read("labels.json");
    }).then((names) => {
      labels.options.names = names.sort((a, b) => (a[4] === b[4] ? a[3] - b[3] : a[4] === "country" ? -1 : 1));
      labels.addTo(map);
      const showTowns = () => {
        if (labels.options.towns || map.getZoom() < TOWNS_FROM) return;
        labels.options.towns = [];
        read("towns.json").then((towns) => { labels.options.towns = towns; labels.draw(); });
      };
      showTowns();
      map.on("zoomend", showTowns);
    });
    listeners.push(paint);
  }

  return { start, onLook: (listener) => listeners.push(listener), get look() { return look; } };
})();
