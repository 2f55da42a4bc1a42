// Which names are written on the picture: as on a map, the weightiest first, none over another.
//
// In: marks and lines in their view. Out: the label of each, empty where it has no room, and the label's side.

const ruler = document.createElement("canvas").getContext("2d");
const widths = new Map();
function widthOf(text) {
  if (!widths.has(text)) {
    ruler.font = `600 12.5px ${FONT}`;
    widths.set(text, ruler.measureText(text).width);
  }
  return widths.get(text);
}

/** Boxes on the screen that are written on. */
class Written {
  constructor() {
    this.rows = new Map();
  }

  rowsOf(box) {
    const rows = [];
    for (let row = Math.floor(box.top / 40); row <= Math.floor(box.bottom / 40); row += 1) rows.push(row);
    return rows;
  }

  isFree(box) {
    const touches = (other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom;
    return !this.rowsOf(box).some((row) => this.rows.get(row)?.some(touches));
  }

  add(box) {
    for (const row of this.rowsOf(box)) {
      if (!this.rows.has(row)) this.rows.set(row, []);
      this.rows.get(row).push(box);
    }
  }
}

const CORNERS = [["low right", 1, 1], ["low left", -1, 1], ["high right", 1, -1], ["high left", -1, -1]];

/** Where a name may stand beside its mark, the best first. */
function sidesOf(mark, w, h) {
  const [x, y] = [(mark.left + mark.right) / 2, (mark.top + mark.bottom) / 2];
  return {
    below: { left: x - w / 2, right: x + w / 2, top: mark.bottom + 1, bottom: mark.bottom + 1 + h },
    right: { left: mark.right + 2, right: mark.right + 2 + w, top: y - h / 2, bottom: y + h / 2 },
    left: { left: mark.left - 2 - w, right: mark.left - 2, top: y - h / 2, bottom: y + h / 2 },
    above: { left: x - w / 2, right: x + w / 2, top: mark.top - 1 - h, bottom: mark.top - 1 },
    ...Object.fromEntries(CORNERS.map(([name, across, down]) => {
      const left = across > 0 ? x + (mark.right - x) * 0.75 : x - (x - mark.left) * 0.75 - w;
      const top = down > 0 ? y + (mark.bottom - y) * 0.65 : y - (y - mark.top) * 0.65 - h;
      return [name, { left, right: left + w, top, bottom: top + h }];
    })),
  };
}

/** How far a name below or above its mark, or at a corner, is moved, so that the edge of the picture does not cut it. */
function shiftOf(side, box) {
  if (side === "right" || side === "left") return 0;
  const most = (box.right - box.left) / 2;
  const shift = Math.max(0, 2 - box.left) || Math.min(0, view.width - 2 - box.right);
  return Math.abs(shift) <= most ? shift : 0;
}

const squareOf = (mark) => {
  const { x, y } = onScreen(mark);
  const half = radiusOf(mark);
  return { left: x - half, right: x + half, top: y - half, bottom: y + half };
};

const nameSides = (square, label) => sidesOf(square, widthOf(label) * letterSize() + 4, 14 * letterSize());

/** The box of the name that a mark has. */
function boxOfName(mark) {
  const box = nameSides(squareOf(mark), mark.label)[mark.side];
  return { ...box, left: box.left + mark.shift, right: box.right + mark.shift };
}

/** So many names are written although lesser marks lie below them. */
const HEAVY = 14;

/** Chooses the names of nodes, then of lines. */
function nameAll() {
  const important = (mark) => (mark.isChosen || mark.isAt ? 1e9 : mark.isDim ? -1e9 : 0) + mark.weight;
  const isInside = ({ left, right, top, bottom }) => left > 0 && top > 0 && right < view.width && bottom < view.height;
  const all = [...picture.marks.values()].sort((a, b) => important(b) - important(a) || a.n - b.n);
  const squares = all.map(squareOf);
  // A name may not lie on another mark; but what most is told of is named in any case.
  const [named, free, heavy] = [new Written(), new Written(), new Written()];
  squares.forEach((square, k) => k < 250 && free.add(square));
  squares.forEach((square, k) => k < HEAVY && heavy.add(square));
  all.forEach((mark, k) => {
    const label = cut(nodes[mark.n].label, 34);
    const places = nameSides(squares[k], label);
    const shifts = {};
    for (const [name, box] of Object.entries(places)) {
      shifts[name] = shiftOf(name, box);
      box.left += shifts[name];
      box.right += shifts[name];
    }
    const isForced = mark.isChosen || mark.isAt;
    const sides = mark.isDim && all.length > 40 ? [] : Object.keys(places).filter((name) => isInside(places[name]) && named.isFree(places[name]));
    const mayCover = k < HEAVY;
    const side = sides.find((name) => free.isFree(places[name])) ?? (mayCover ? sides.find((name) => heavy.isFree(places[name])) ?? sides[0] : undefined);
    if (side || isForced) named.add(places[side ?? "below"]);
    mark.label = side || isForced ? label : "";
    mark.side = side ?? "below";
    mark.shift = shifts[mark.side];
  });
  nameLines(named, free);
  askPaint();
}

function nameLines(named, free) {
  const dense = isDense() || picture.lines.length > LINES;
  const size = letterSize();
  const wanted = (line) => line.isNear || line.isChosen || (!dense && !line.isDim && !line.isAside);
  const lines = [...picture.lines].sort((a, b) => b.isChosen - a.isChosen || b.weight - a.weight || (a.bundle.id < b.bundle.id ? -1 : 1));
  for (const line of lines) {
    line.label = "";
    if (!wanted(line)) continue;
    const text = line.bundle.label;
    const parts = text.split("\n");
    const half = (Math.max(...parts.map(widthOf)) * 0.84 * size) / 2 + 2;
    const high = (parts.length * 12.5 * size) / 2;
    const curve = curveOf(line);
    // Half-way, or where there is room beside it: lines between the same two lie close.
    for (const part of [0.5, 0.38, 0.62]) {
      const { x, y } = pointOn(curve, part);
      const box = { left: x - half, right: x + half, top: y - high, bottom: y + high };
      const isFree = named.isFree(box) && free.isFree(box);
      if (!isFree && !(line.isChosen && part === 0.62)) continue;
      named.add(box);
      line.at = part;
      line.label = text;
      break;
    }
  }
}
