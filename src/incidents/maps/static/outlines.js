"use strict";
// Outlines: the base map's areas and lines, kept as plain numbers. As Leaflet's own polygons their 90,000 points are half a million
// objects, which the browser looks through again after every change of the page.
window.incidentsOutlines = (() => {
  const NEAR = 16384, STEP = 0.7; // pixels: farther off a ring is cut at the edge; points closer to the last one are left out
  const REACH = 85.0511287798; // degrees, the edge of the web-mercator square

  const x = (longitude) => longitude / 360 + 0.5;
  function y(latitude) {
    const sine = Math.sin((Math.max(-REACH, Math.min(REACH, latitude)) * Math.PI) / 180);
    return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  }

  // Rings or lines of [longitude, latitude] as one row of numbers on the mercator square, 0 to 1.
  function shape(rings) {
    const count = rings.reduce((sum, ring) => sum + ring.length, 0);
    const points = new Float64Array(2 * count), starts = new Uint32Array(rings.length + 1), boxes = new Float64Array(4 * rings.length);
    const whole = [Infinity, Infinity, -Infinity, -Infinity]; // west, north, east, south, as in each box
    let at = 0;
    rings.forEach((ring, number) => {
      let west = Infinity, north = Infinity, east = -Infinity, south = -Infinity;
      for (const [longitude, latitude] of ring) {
        const px = (points[at++] = x(longitude)), py = (points[at++] = y(latitude));
        west = Math.min(west, px); east = Math.max(east, px); north = Math.min(north, py); south = Math.max(south, py);
      }
      starts[number + 1] = at / 2;
      const box = [west, north, east, south];
      boxes.set(box, 4 * number);
      box.forEach((limit, side) => { whole[side] = (side < 2 ? Math.min : Math.max)(whole[side], limit); });
    });
    return { points, starts, boxes, whole };
  }

  // A ring cut at the box (Sutherland and Hodgman), a side at a time; pairs of numbers in and out.
  function cut(ring, box) {
    for (let side = 0; side < 4 && ring.length; side++) {
      const axis = side % 2, limit = box[side], isIn = (at) => (side < 2 ? ring[at + axis] >= limit : ring[at + axis] <= limit), kept = [];
      for (let at = 0, before = ring.length - 2; at < ring.length; before = at, at += 2) {
        if (isIn(at) !== isIn(before)) {
          const share = (limit - ring[before + axis]) / (ring[at + axis] - ring[before + axis]);
          const other = ring[before + 1 - axis] + share * (ring[at + 1 - axis] - ring[before + 1 - axis]);
          axis ? kept.push(other, limit) : kept.push(limit, other);
        }
        if (isIn(at)) kept.push(ring[at], ring[at + 1]);
      }
      ring = kept;
    }
    return ring;
  }

  const Outline = L.Path.extend({
    options: { interactive: false, closed: true },

    // `world`: how many times around the globe to the east.
    initialize(shape, world, options) {
      this._shape = shape;
      this._world = world;
      L.setOptions(this, options);
      this.options.fill = this.options.closed;
    },

    _place() {
      const size = this._map.options.crs.scale(this._map.getZoom()), origin = this._map.getPixelOrigin();
      return { size, left: this._world * size - origin.x, top: -origin.y };
    },

    _project() {
      const { size, left, top } = this._place(), [west, north, east, south] = this._shape.whole, pad = this.options.weight + 1;
      this._pxBounds = L.bounds([west * size + left - pad, north * size + top - pad], [east * size + left + pad, south * size + top + pad]);
    },

    _update() {}, // all is done when it is drawn

    _updatePath() {
      const renderer = this._renderer;
      if (!renderer._drawing) return;
      const { min, max } = renderer._bounds, { size, left, top } = this._place(), { points, starts, boxes } = this._shape, ctx = renderer._ctx;
      const { closed } = this.options, box = [min.x - 20, min.y - 20, max.x + 20, max.y + 20];
      ctx.beginPath();
      for (let ring = 0; ring + 1 < starts.length; ring++) {
        const west = boxes[4 * ring] * size + left, north = boxes[4 * ring + 1] * size + top, east = boxes[4 * ring + 2] * size + left, south = boxes[4 * ring + 3] * size + top;
        if (west > box[2] || east < box[0] || north > box[3] || south < box[1]) continue;
        if (closed && (west < -NEAR || north < -NEAR || east > NEAR || south > NEAR)) {
          const near = [];
          for (let at = 2 * starts[ring]; at < 2 * starts[ring + 1]; at += 2) near.push(points[at] * size + left, points[at + 1] * size + top);
          const seen = cut(near, box);
          for (let at = 0; at < seen.length; at += 2) at ? ctx.lineTo(seen[at], seen[at + 1]) : ctx.moveTo(seen[at], seen[at + 1]);
          if (seen.length) ctx.closePath();
          continue;
        }
        const last = starts[ring + 1] - 1;
        let px = 0, py = 0;
        for (let point = starts[ring]; point <= last; point++) {
          const nx = points[2 * point] * size + left, ny = points[2 * point + 1] * size + top;
          if (point === starts[ring]) ctx.moveTo(nx, ny);
          else if (point < last && Math.abs(nx - px) < STEP && Math.abs(ny - py) < STEP) continue;
          else ctx.lineTo(nx, ny);
          px = nx; py = ny;
        }
        if (closed) ctx.closePath();
      }
      renderer._fillStroke(ctx, this);
    },

    _containsPoint() { return false; },
  });

  return {
    areas: ({ features }) => features.map(({ geometry }) => shape(geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat())),
    lines: ({ features }) => shape(features.flatMap(({ geometry }) => geometry.coordinates)),
    outline: (made, world, options) => new Outline(made, world, options),
  };
})();
