// Where nodes stand: the places written in the page, else beside their neighbours; around a focus, our own rings.

/** Half the width and height that a node takes with its name below. */
const roomOf = (n, weight) => {
  const mark = markOf(weight);
  return { w: Math.max(mark, Math.min(70, nodes[n].label.length * 3.4)), h: mark + 9 };
};

/** Half the size of a node's mark. */
const markOf = (weight) => 7 + 2.6 * Math.min(9, Math.sqrt(weight));

/** Places for all nodes shown, as a map from number to {x, y}. `before` are the places of the last picture. */
function placesFor(shown, bundles, sifted, before) {
  const focus = focusKey();
  return focus === null ? overview(shown, bundles, sifted, before) : rings(numberOf.get(focus), shown, bundles, sifted);
}

/** Given places stay; the others go near their weightiest neighbour that has one. */
function overview(shown, bundles, sifted, before) {
  const places = new Map();
  const grid = new Grid();
  const put = (n, place) => {
    places.set(n, place);
    grid.add(place, roomOf(n, sifted.weight[n]));
  };
  for (const n of shown) {
    const { x, y } = nodes[n];
    if (x !== undefined) put(n, { x, y });
  }
  const beside = neighbourLists(shown, bundles);
  const waiting = [...shown].filter((n) => !places.has(n));
  waiting.sort((a, b) => sifted.weight[b] - sifted.weight[a] || a - b);
  for (const n of waiting) {
    const known = before.get(n);
    if (known && grid.isFree(known, roomOf(n, sifted.weight[n]))) {
      put(n, known);
      continue;
    }
    const near = (beside.get(n) ?? []).map((other) => places.get(other)).filter(Boolean);
    const start = near.length
      ? { x: near.reduce((sum, p) => sum + p.x, 0) / near.length, y: near.reduce((sum, p) => sum + p.y, 0) / near.length }
      : grid.below();
    put(n, grid.nearestFree(start, roomOf(n, sifted.weight[n])));
  }
  return places;
}

function neighbourLists(shown, bundles) {
  const beside = new Map([...shown].map((n) => [n, []]));
  for (const { from, to } of bundles.values()) {
    if (from === to) continue;
    beside.get(from).push(to);
    beside.get(to).push(from);
  }
  return beside;
}

/** The focus in the middle, its neighbours around it in rings, tied ones beside each other, others beyond them. */
function rings(centre, shown, bundles, sifted) {
  const beside = neighbourLists(shown, bundles);
  const order = [...shown].filter((n) => n !== centre);
  const isNear = new Set(beside.get(centre));
  order.sort((a, b) => isNear.has(b) - isNear.has(a) || sifted.weight[b] - sifted.weight[a] || a - b);
  // Neighbours that are tied to each other follow each other around the ring.
  const round = [];
  const seen = new Set([centre]);
  const walk = [...order].reverse();
  while (walk.length) {
    const n = walk.pop();
    if (seen.has(n)) continue;
    seen.add(n);
    round.push(n);
    const tied = beside.get(n).filter((other) => !seen.has(other) && isNear.has(other) === isNear.has(n));
    walk.push(...tied.sort((a, b) => sifted.weight[a] - sifted.weight[b] || b - a));
  }
  const near = round.filter((n) => isNear.has(n));
  const far = round.filter((n) => !isNear.has(n));
  const places = new Map([[centre, { x: 0, y: 0 }]]);
  const grid = new Grid();
  grid.add({ x: 0, y: 0 }, { w: 90, h: 45 });
  let radius = 170;
  let at = 0;
  while (at < near.length) {
    const room = Math.max(6, Math.floor((2 * Math.PI * radius * 1.15) / 105));
    // The last rings share what is left, so that none holds two lonely ones.
    const left = near.length - at;
    const count = left <= room ? left : left < room * 1.8 ? Math.ceil(left / 2) : room;
    for (let k = 0; k < count; k += 1, at += 1) {
      const angle = ((k + (radius % 3) / 3) / count) * 2 * Math.PI - Math.PI / 2;
      const wanted = { x: Math.cos(angle) * radius * 1.4, y: Math.sin(angle) * radius };
      const room = roomOf(near[at], sifted.weight[near[at]]);
      const place = grid.nearestFree(wanted, room);
      places.set(near[at], place);
      grid.add(place, room);
    }
    radius += 115;
  }
  for (const n of far) {
    const tied = beside.get(n).map((other) => places.get(other)).filter(Boolean);
    const from = tied[0] ?? { x: 0, y: radius };
    const length = Math.hypot(from.x, from.y) || 1;
    const beyond = 150 / length;
    const room = roomOf(n, sifted.weight[n]);
    const place = grid.nearestFree({ x: from.x * (1 + beyond), y: from.y * (1 + beyond) }, room);
    places.set(n, place);
    grid.add(place, room);
  }
  return places;
}

/** Boxes that are taken, found fast. */
class Grid {
  constructor() {
    this.cells = new Map();
    this.lowest = 0;
  }

  *cellsOf({ x, y }, { w, h }) {
    for (let i = Math.floor((x - w - 12) / 160); i <= Math.floor((x + w + 12) / 160); i += 1) {
      for (let j = Math.floor((y - h - 8) / 80); j <= Math.floor((y + h + 8) / 80); j += 1) yield `${i},${j}`;
    }
  }

  add(place, room) {
    const box = { ...place, ...room };
    this.lowest = Math.max(this.lowest, place.y + room.h);
    for (const cell of this.cellsOf(place, room)) {
      if (!this.cells.has(cell)) this.cells.set(cell, []);
      this.cells.get(cell).push(box);
    }
  }

  isFree(place, room) {
    for (const cell of this.cellsOf(place, room)) {
      for (const box of this.cells.get(cell) ?? []) {
        if (Math.abs(box.x - place.x) < box.w + room.w + 10 && Math.abs(box.y - place.y) < box.h + room.h + 6) return false;
      }
    }
    return true;
  }

  /** Along a spiral, the first place where nothing else stands. */
  nearestFree(start, room) {
    for (let k = 0; k < 4000; k += 1) {
      const radius = 14 * Math.sqrt(k);
      const angle = k * 2.399963;
      const place = { x: start.x + Math.cos(angle) * radius * 1.3, y: start.y + Math.sin(angle) * radius };
      if (this.isFree(place, room)) return place;
    }
    return this.below();
  }

  below() {
    return { x: 0, y: this.lowest + 60 };
  }
}
