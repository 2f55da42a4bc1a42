// Where nodes stand: the places written in the page, else beside their neighbours; around a focus, our own rings.

/** Half the width and height that a node takes with its name below. */
const roomOf = (n, weight) => {
  const mark = markOf(weight);
  return { w: Math.max(mark, Math.min(70, nodes[n].label.length * 3.4)), h: mark + 9 };
};

/** Half the size of a node's mark: it grows with what is told of it, ever more slowly. */
const markOf = (weight) => 7 + 2.6 * Math.min(9, Math.sqrt(weight)) + 4 * Math.log(Math.max(1, weight / 81));

/** Places for all nodes shown, as a map from number to {x, y}, and how far the given ones are drawn apart.
    `before` is the last picture. */
function placesFor(shown, bundles, sifted, before) {
  const focus = focusKey();
  if (focus !== null) return { places: rings(numberOf.get(focus), shown, bundles, sifted), spread: null };
  const spread = spreadOf(shown);
  return { places: overview(shown, bundles, sifted, before, spread), spread };
}

/** So many places are written in the page. With more names they are drawn apart, so that the new ones have room
    between them; on the screen they stay where they were. */
const GIVEN = Math.max(nodes.filter((node) => node.x !== undefined).length, 120);

/** Across and down, how far places are drawn apart: for more names, and so that they fill a wide stage or a high one. */
function spreadOf(shown) {
  const more = Math.max(1, Math.sqrt(shown.size / GIVEN));
  const given = [...shown].map((n) => nodes[n]).filter((node) => node.x !== undefined);
  if (given.length < 60) return { x: more, y: more };
  const extent = (name) => Math.max(...given.map((node) => node[name])) - Math.min(...given.map((node) => node[name])) || 1;
  // Names need room left and right, the status line below.
  const wanted = (view.height - 130) / (view.width - 160) / (extent("y") / extent("x"));
  return { x: more * Math.min(1.5, Math.max(1, 1 / wanted)), y: more * Math.min(1.8, Math.max(1, wanted)) };
}

/** Given places stay; the others go near neighbours that have one, where there is room. */
function overview(shown, bundles, sifted, before, spread) {
  const places = new Map();
  const grid = new Grid();
  const put = (n, place) => {
    places.set(n, place);
    grid.add(place, roomOf(n, sifted.weight[n]));
  };
  for (const n of shown) {
    const { x, y } = nodes[n];
    if (x !== undefined) put(n, { x: x * spread.x, y: y * spread.y });
  }
  const beside = neighbourLists(shown, bundles);
  const waiting = [...shown].filter((n) => !places.has(n));
  waiting.sort((a, b) => sifted.weight[b] - sifted.weight[a] || a - b);
  for (const n of waiting) {
    const old = before.spread ? before.marks.get(n) : undefined;
    const known = old && { x: (old.x * spread.x) / before.spread.x, y: (old.y * spread.y) / before.spread.y };
    if (known && grid.isFree(known, roomOf(n, sifted.weight[n]))) {
      put(n, known);
      continue;
    }
    const near = (beside.get(n) ?? []).map((other) => places.get(other)).filter(Boolean);
    const room = roomOf(n, sifted.weight[n]);
    put(n, near.length ? grid.calmest(near, room) : grid.below());
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
  // The ellipse is as wide or as high as the stage, of which a phone's card covers half.
  const stage = view.width / (view.height * (isPhone() ? 0.47 : 1));
  const wide = 1.4 * Math.sqrt(Math.min(1.8, Math.max(0.6, stage)) / 1.4);
  const high = 1.4 / wide;
  let radius = 170;
  let at = 0;
  while (at < near.length) {
    const room = Math.max(6, Math.floor((2 * Math.PI * radius * 1.15) / 105));
    // The last rings share what is left, so that none holds two lonely ones.
    const left = near.length - at;
    const count = left <= room ? left : left < room * 1.8 ? Math.ceil(left / 2) : room;
    for (let k = 0; k < count; k += 1, at += 1) {
      const angle = ((k + (radius % 3) / 3) / count) * 2 * Math.PI - Math.PI / 2;
      const wanted = { x: Math.cos(angle) * radius * wide, y: Math.sin(angle) * radius * high };
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
    [this.lowest, this.left, this.right] = [0, 0, 900];
    this.row = null;
  }

  cellsOf({ x, y }, { w, h }) {
    const cells = [];
    for (let i = Math.floor((x - w - 12) / 160); i <= Math.floor((x + w + 12) / 160); i += 1) {
      for (let j = Math.floor((y - h - 8) / 80); j <= Math.floor((y + h + 8) / 80); j += 1) cells.push(i * 65_537 + j);
    }
    return cells;
  }

  add(place, room) {
    const box = { ...place, ...room };
    this.lowest = Math.max(this.lowest, place.y + room.h);
    this.left = Math.min(this.left, place.x);
    this.right = Math.max(this.right, place.x);
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

  /** How many boxes are about a place. */
  crowd({ x, y }) {
    let count = 0;
    for (let i = -1; i <= 1; i += 1) {
      for (let j = -2; j <= 2; j += 1) count += this.cells.get((Math.floor(x / 160) + i) * 65_537 + Math.floor(y / 80) + j)?.length ?? 0;
    }
    return count;
  }

  /** A free place not far from these, where little else stands: else all would huddle about those who have most ties. */
  calmest(near, room) {
    const far = (place) => near.reduce((sum, { x, y }) => sum + Math.hypot(x - place.x, y - place.y), 0) / near.length;
    let [best, least] = [null, Infinity];
    for (const centre of near.slice(0, 2)) {
      for (let k = 0; k < 48; k += 1) {
        const radius = 110 + 14 * k;
        const place = { x: centre.x + Math.cos(k * 2.399963) * radius * 1.2, y: centre.y + Math.sin(k * 2.399963) * radius };
        const cost = far(place) + 34 * this.crowd(place);
        if (cost < least && this.isFree(place, room)) [best, least] = [place, cost];
      }
    }
    return best ?? this.nearestFree(near[0], room);
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

  /** What is tied to nothing else stands in rows below everything. */
  below() {
    if (!this.row || this.row.x > this.right - 90) this.row = { x: this.left + 90, y: this.lowest + 50 };
    else this.row = { x: this.row.x + 180, y: this.row.y };
    return this.row;
  }
}
