"use strict";
// The shipped base map: countries, province lines and labels on canvases below the tiles, so that tiles, when asked for, cover it.
window.incidentsBasemap = (() => {
  const LIGHT = { sea: "#dde7ee", land: "#f6f5f1", border: "#a9b0b5", province: "#d3d6d6", country: "#5a6268", name: "#7b8288", halo: "#f6f5f1",
                  panel: "#ffffff", ink: "#2c3338", line: "#c9cdd0", veil: "rgba(255,255,255,.75)", dark: false };
  const DARK = { sea: "#171d22", land: "#262d32", border: "#59646b", province: "#3a444a", country: "#b9c2c8", name: "#8d979e", halo: "#20272b",
                 panel: "#222a2f", ink: "#dfe5e9", line: "#48535a", veil: "rgba(25,31,35,.75)", dark: true };
  const PROVINCES_FROM = 5;
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
      ctx.scale(scale, scale);
      ctx.textAlign = "center"; ctx.textBaseline = "middle"; ctx.lineJoin = "round"; ctx.lineWidth = 3; ctx.strokeStyle = look.halo;
      for (const [name, latitude, longitude, from, kind] of this.options.names) {
        if (zoom < from || (kind === "country" && zoom > 8)) continue;
        const place = [latitude, longitude + 360 * Math.round((centre - longitude) / 360)];
        if (!bounds.contains(place)) continue;
        const isCountry = kind === "country", at = map.latLngToContainerPoint(place);
        ctx.font = isCountry ? "600 12px 'Source Sans', system-ui, sans-serif" : "11px 'Source Sans', system-ui, sans-serif";
        const half = ctx.measureText(name).width / 2 + 3, box = [at.x - half, at.y - 8, at.x + half, at.y + 8];
        if (taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) continue;
        taken.push(box);
        ctx.strokeText(name, at.x, at.y);
        ctx.fillStyle = isCountry ? look.country : look.name;
        ctx.fillText(name, at.x, at.y);
      }
    },
  });

  const turned = (ring, by = 0) => ring.map(([longitude, latitude]) => [latitude, longitude + by]);

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
          provinces = L.polyline(file.features[0].geometry.coordinates.map((line) => turned(line)), { renderer, pane: "land", interactive: false, weight: 1, color: look.province });
          showProvinces();
        });
      }
      if (provinces && wanted !== map.hasLayer(provinces)) wanted ? map.addLayer(provinces) : map.removeLayer(provinces);
    };
    read("countries.json").then((file) => {
      const copies = new Set();
      const copy = (by) => {
        if (copies.has(by)) return;
        copies.add(by);
        for (const { geometry } of file.features) {
          const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
          land.push(L.polygon(parts.map((part) => part.map((ring) => turned(ring, by))),
            { renderer, pane: "land", interactive: false, weight: 1, color: look.border, fillColor: look.land, fillOpacity: 1 }).addTo(map));
        }
      };
      const fill = () => {
        const west = Math.floor((map.getBounds().getWest() + 180) / 360), east = Math.floor((map.getBounds().getEast() + 180) / 360);
        for (let world = Math.max(-2, west); world <= Math.min(2, east); world++) copy(360 * world);
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
    });
    listeners.push(paint);
  }

  return { start, onLook: (listener) => listeners.push(listener), get look() { return look; } };
})();
