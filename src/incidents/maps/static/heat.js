"use strict";
// Heat: soft spots of the server's fine cells, added up and coloured, on a canvas of their own below the marks.
window.incidentsHeat = (() => {
  let map = null, ramps = null;
  const RADIUS = 22, LEAST = 0.07;

  function colours() {
    const ramp = ramps[window.incidentsBasemap.look.dark ? "dark" : "light"], strip = document.createElement("canvas");
    strip.width = 256; strip.height = 1;
    const ctx = strip.getContext("2d"), shade = ctx.createLinearGradient(0, 0, 256, 0);
    ramp.forEach((colour, place) => shade.addColorStop(place / (ramp.length - 1), colour));
    ctx.fillStyle = shade; ctx.fillRect(0, 0, 256, 1);
    return ctx.getImageData(0, 0, 256, 1).data;
  }

  function spot() {
    const made = document.createElement("canvas"), ctx = made.getContext("2d");
    made.width = made.height = 2 * RADIUS;
    const soft = ctx.createRadialGradient(RADIUS, RADIUS, 0, RADIUS, RADIUS, RADIUS);
    soft.addColorStop(0, "rgba(0,0,0,1)"); soft.addColorStop(0.45, "rgba(0,0,0,.45)"); soft.addColorStop(1, "rgba(0,0,0,0)");
    ctx.fillStyle = soft; ctx.fillRect(0, 0, 2 * RADIUS, 2 * RADIUS);
    return made;
  }

  const Heat = L.Layer.extend({
    initialize(facts) { this._facts = facts; },
    onAdd() {
      this._canvas = L.DomUtil.create("canvas", "leaflet-zoom-hide", map.getPane("heat"));
      map.on("moveend viewreset resize", this.redraw, this);
      this.redraw();
    },
    onRemove() { this._canvas.remove(); map.off("moveend viewreset resize", this.redraw, this); },
    getLatLng: () => map.getCenter(), // it has a place as every mark has
    redraw() {
      const size = map.getSize(), flat = this._facts.heat, centre = map.getCenter().lng;
      if (!size.x) return;
      L.DomUtil.setPosition(this._canvas, map.containerPointToLayerPoint([0, 0]));
      this._canvas.width = size.x; this._canvas.height = size.y;
      let most = 0;
      for (let place = 2; place < flat.length; place += 3) most = Math.max(most, flat[place]);
      if (!most) return;
      const ctx = this._canvas.getContext("2d"), one = spot();
      for (let place = 0; place < flat.length; place += 3) {
        const longitude = flat[place + 1] + 360 * Math.round((centre - flat[place + 1]) / 360);
        const at = map.latLngToContainerPoint([flat[place], longitude]);
        ctx.globalAlpha = Math.max(LEAST, Math.sqrt(flat[place + 2] / most));
        ctx.drawImage(one, at.x - RADIUS, at.y - RADIUS);
      }
      const image = ctx.getImageData(0, 0, size.x, size.y), pixels = image.data, ramp = colours();
      for (let place = 3; place < pixels.length; place += 4) {
        const strength = pixels[place];
        if (!strength) continue;
        pixels[place - 3] = ramp[4 * strength]; pixels[place - 2] = ramp[4 * strength + 1]; pixels[place - 1] = ramp[4 * strength + 2];
        pixels[place] = Math.min(225, 3 * strength);
      }
      ctx.putImageData(image, 0, 0);
    },
  });

  function start(made, options) {
    map = made; ramps = options.heat;
    map.createPane("heat").style.zIndex = 340;
    map.getPane("heat").style.pointerEvents = "none";
  }

  return { start, layer: (facts) => new Heat(facts) };
})();
