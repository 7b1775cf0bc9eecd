"use strict";
// Marks: one incident, several, a further site, the selected one; every feature carries ids and numbers only, and all share one canvas.
window.incidentsMarks = (() => {
  let map = null, renderer = null, palette = [], smallest = 5, largest = 26, growth = 2.6;
  const look = () => window.incidentsBasemap.look;

  const short = (n) => (n < 10000 ? n.toLocaleString("en") : n < 1e6 ? `${Math.round(n / 1000)}k` : `${(n / 1e6).toFixed(1)}M`);

  const radiusOf = ({ n, dead, area }) => {
    if (n === 0) return 5;
    if (n > 1) return Math.min(24, Math.max(10 + 1.5 * Math.log2(n), 9 + 3.2 * short(n).length));
    return Math.min(largest, Math.max(area ? 9 : smallest, growth * Math.sqrt(dead || 0)));
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

  const Mark = L.CircleMarker.extend({
    _updatePath() {
      if (!this._renderer._drawing || this._empty()) return;
      const ctx = this._renderer._ctx, facts = this.feature.properties, at = this._point, radius = this._radius;
      ctx.save();
      if (facts.selected || facts.halo) { circle(ctx, at, radius + 5); ctx.strokeStyle = look().ink; ctx.lineWidth = 3; ctx.stroke(); }
      if (facts.halo) { ctx.restore(); return; }
      if (facts.n === 0) drawFurther(ctx, at, radius, facts);
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

  const mark = (facts, latlng) => new Mark(latlng, { renderer, radius: radiusOf(facts), weight: 1, fill: true, interactive: !facts.halo });

  function start(made, canvas, options) {
    map = made; renderer = canvas; palette = options.palette;
    [smallest, largest, growth] = options.sizes;
  }

  return { start, mark, said };
})();
