"use strict";
// Incidents on the map: every feature carries ids and numbers only, and is drawn here on one canvas.
window.incidentsMap = (() => {
  let map = null, renderer = null, palette = [];
  const look = () => window.incidentsBasemap.look;
  const LIST_FROM_ZOOM = 16;

  const short = (n) => (n < 10000 ? n.toLocaleString("en") : n < 1e6 ? `${Math.round(n / 1000)}k` : `${(n / 1e6).toFixed(1)}M`);

  const HEAT_RADIUS = 46; // as large as what is drawn: a mark is clipped to its own circle

  const radiusOf = ({ n, dead, area, heat }) => {
    if (heat) return HEAT_RADIUS;
    if (n === 0) return 5;
    if (n > 1) return Math.min(24, Math.max(10 + 1.5 * Math.log2(n), 9 + 3.2 * short(n).length));
    return Math.min(26, Math.max(area ? 9 : 5, 2.6 * Math.sqrt(dead || 0)));
  };

  function circle(ctx, at, radius) { ctx.beginPath(); ctx.arc(at.x, at.y, radius, 0, 2 * Math.PI); }

  function drawShares(ctx, at, radius, width, types) {
    const all = types.reduce((sum, [, count]) => sum + count, 0);
    let from = -Math.PI / 2;
    ctx.lineWidth = width;
    for (const [slot, count] of types) {
      const to = from + (2 * Math.PI * count) / all;
      ctx.beginPath(); ctx.arc(at.x, at.y, radius - width / 2, from, to);
      ctx.strokeStyle = palette[slot]; ctx.stroke();
      from = to;
    }
  }

  function drawSeveral(ctx, at, radius, { n, area, types }) {
    circle(ctx, at, radius); ctx.fillStyle = look().panel; ctx.globalAlpha = 0.94; ctx.fill(); ctx.globalAlpha = 1;
    if (area) ctx.setLineDash([5, 3]);
    drawShares(ctx, at, radius, area ? 3 : 5, types);
    ctx.setLineDash([]);
    ctx.fillStyle = look().ink; ctx.textAlign = "center"; ctx.textBaseline = "middle";
    ctx.font = `600 ${n < 1000 ? 12 : 11}px 'Source Sans', system-ui, sans-serif`;
    ctx.fillText(short(n), at.x, at.y + 0.5);
  }

  function drawSingle(ctx, at, radius, { dead, area, near, types }) {
    const colour = types.length ? palette[types[0][0]] : palette[palette.length - 1];
    circle(ctx, at, radius);
    ctx.fillStyle = ctx.strokeStyle = colour;
    if (area) { ctx.setLineDash([4, 3]); ctx.globalAlpha = 0.1; ctx.fill(); ctx.globalAlpha = dead ? 1 : 0.7; ctx.lineWidth = 2; ctx.stroke(); ctx.setLineDash([]); }
    else if (near) { ctx.globalAlpha = 0.22; ctx.fill(); ctx.globalAlpha = dead ? 1 : 0.7; ctx.lineWidth = 2; ctx.stroke(); }
    else { ctx.globalAlpha = dead ? 0.85 : 0.4; ctx.fill(); ctx.globalAlpha = 1; ctx.lineWidth = 1; ctx.strokeStyle = look().panel; ctx.stroke(); }
    ctx.globalAlpha = 1;
  }

  function drawFurther(ctx, at, radius, { from }) {
    if (from) {
      const first = map.latLngToLayerPoint(from);
      ctx.beginPath(); ctx.moveTo(at.x, at.y); ctx.lineTo(first.x, first.y);
      ctx.strokeStyle = look().ink; ctx.globalAlpha = 0.6; ctx.lineWidth = 1; ctx.setLineDash([2, 3]); ctx.stroke(); ctx.setLineDash([]); ctx.globalAlpha = 1;
    }
    circle(ctx, at, radius); ctx.fillStyle = look().panel; ctx.fill(); ctx.strokeStyle = look().ink; ctx.lineWidth = 1.5; ctx.stroke();
  }

  function drawHeat(ctx, at, { n }) {
    const radius = HEAT_RADIUS, strength = Math.min(0.75, 0.16 + 0.08 * Math.log2(1 + n));
    const glow = ctx.createRadialGradient(at.x, at.y, 0, at.x, at.y, radius);
    glow.addColorStop(0, `rgba(200, 60, 20, ${strength})`); glow.addColorStop(0.5, `rgba(230, 130, 30, ${strength * 0.45})`); glow.addColorStop(1, "rgba(240, 180, 60, 0)");
    circle(ctx, at, radius); ctx.fillStyle = glow; ctx.fill();
  }

  const Mark = L.CircleMarker.extend({
    _updatePath() {
      if (!this._renderer._drawing || this._empty()) return;
      const ctx = this._renderer._ctx, facts = this.feature.properties, at = this._point, radius = this._radius;
      ctx.save();
      if (facts.selected) { circle(ctx, at, radius + 5); ctx.strokeStyle = look().ink; ctx.lineWidth = 3; ctx.stroke(); }
      if (facts.halo) { circle(ctx, at, radius + 5); ctx.strokeStyle = look().ink; ctx.lineWidth = 3; ctx.stroke(); }
      else if (facts.heat) { if (facts.n) drawHeat(ctx, at, facts); }
      else if (facts.n === 0) drawFurther(ctx, at, radius, facts);
      else if (facts.n === 1) drawSingle(ctx, at, radius, facts);
      else drawSeveral(ctx, at, radius, facts);
      ctx.restore();
    },
  });

  function said({ n, dead, halo, area }) {
    if (halo) return "selected incident";
    if (n === 0) return "a further site of one incident; counted at its first";
    const toll = dead === null ? "no figure" : `${dead.toLocaleString("en")} reported dead`;
    const where = area ? "; not known to a town" : "";
    return n === 1 ? `1 incident, ${toll}${where}` : `${n.toLocaleString("en")} incidents, ${toll}${where}`;
  }

  function point(feature, latlng) {
    const facts = feature.properties;
    latlng = L.latLng(latlng.lat, latlng.lng + 360 * Math.round((map.getCenter().lng - latlng.lng) / 360)); // the copy of the world in sight
    return new Mark(latlng, { renderer, radius: radiusOf(facts), weight: 1, fill: true, interactive: !facts.halo && !facts.heat });
  }

  function each(feature, layer) {
    const facts = feature.properties;
    layer.bindTooltip(said(facts), { direction: "top", offset: [0, -radiusOf(facts)] });
    if (facts.n > 1 && facts.box) layer.on("click", () => {
      if (facts.one_point || map.getZoom() >= LIST_FROM_ZOOM) return;
      const [south, west, north, east] = facts.box;
      map.fitBounds([[south, west], [north, east]], { padding: [40, 40], maxZoom: Math.min(18, map.getZoom() + 4) });
    });
  }

  function start(made, options) {
    map = made; palette = options.palette;
    window.incidentsBasemap.start(map, options.basemap);
    renderer = L.canvas({ padding: 0.1, tolerance: 4 });
    L.control.scale({ imperial: false }).addTo(map);
    map.attributionControl.setPrefix("");
    map.attributionControl.addAttribution("Natural Earth, GeoNames");
    if (options.box) map.fitBounds(options.box, { animate: false, maxZoom: options.most, padding: [24, 24] });
    window.incidentsBasemap.onLook(() => map.eachLayer((layer) => layer.feature && layer.redraw && layer.redraw()));
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  }

  return { start, point, each };
})();
