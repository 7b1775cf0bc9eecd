"use strict";
// The map and what is told to it: each swapped layer brings numbers, and its features are drawn by marks, heat or provinces.
window.incidentsMap = (() => {
  let map = null, renderer = null, options = null, told = {}, overlays = null, tiles = null, heard = null;
  const LIST_FROM_ZOOM = 16; // the same number as in ui/map_clicks.py

  function point(feature, latlng) {
    const facts = feature.properties;
    if (facts.heat) return window.incidentsHeat.layer(facts);
    if (facts.provinces) return window.incidentsProvinces.layer(facts);
    latlng = L.latLng(latlng.lat, latlng.lng + 360 * Math.round((map.getCenter().lng - latlng.lng) / 360)); // the copy of the world in sight
    return window.incidentsMarks.mark(facts, latlng);
  }

  function each(feature, layer) {
    const facts = feature.properties;
    if (facts.heat || facts.provinces) return;
    layer.bindTooltip(window.incidentsMarks.said(facts), { direction: "top", offset: [0, -layer.options.radius] });
    if (facts.n > 1 && facts.box) layer.on("click", () => {
      if (told.picking || facts.one_point || map.getZoom() >= LIST_FROM_ZOOM) return;
      const [south, west, north, east] = facts.box;
      map.fitBounds([[south, west], [north, east]], { padding: [40, 40], maxZoom: Math.min(18, map.getZoom() + 4) });
    });
  }

  function showTiles(wanted) {
    if ((tiles && tiles._url) === (wanted && wanted.address)) return;
    if (tiles) map.removeLayer(tiles);
    tiles = wanted ? L.tileLayer(wanted.address, { attribution: wanted.credit.replace(/[<>&]/g, ""), maxNativeZoom: wanted.most, maxZoom: 19 }).addTo(map) : null;
    map.getPane("labels").style.display = tiles ? "none" : "";
  }

  function tell(news) {
    told = news;
    const text = JSON.stringify(news);
    if (text === heard) return;
    heard = text;
    showTiles(news.tiles || null);
    map.getContainer().style.cursor = news.picking ? "crosshair" : "";
    overlays.clearLayers();
    const line = { renderer, interactive: false, fill: false, weight: 2, dashArray: "6 4", color: window.incidentsBasemap.look.ink };
    if (news.near) L.circle([news.near.latitude, news.near.longitude], { ...line, radius: 1000 * news.near.km }).addTo(overlays);
    if (news.box) {
      const { south, west, north, east } = news.box;
      L.rectangle([[south, west], [north, east < west ? east + 360 : east]], line).addTo(overlays);
    }
  }

  function start(made, given) {
    map = made; options = given;
    window.incidentsBasemap.start(map, options.basemap);
    renderer = L.canvas({ padding: 0.1, tolerance: 4 });
    overlays = L.layerGroup().addTo(map);
    window.incidentsMarks.start(map, renderer, options);
    window.incidentsHeat.start(map, options);
    window.incidentsProvinces.start(map, renderer, options);
    L.control.scale({ imperial: false }).addTo(map);
    map.attributionControl.setPrefix("");
    map.attributionControl.addAttribution("Natural Earth, GeoNames");
    if (options.place) map.setView(options.place.slice(0, 2), options.place[2], { animate: false });
    else if (options.box) map.fitBounds(options.box, { animate: false, maxZoom: options.most, padding: [24, 24] });
    window.incidentsBasemap.onLook((look) => {
      map.eachLayer((layer) => layer.feature && layer.redraw && layer.redraw());
      overlays.eachLayer((layer) => layer.setStyle({ color: look.ink }));
    });
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  }

  return { start, tell, point, each };
})();
