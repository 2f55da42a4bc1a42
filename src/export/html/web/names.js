// Which names are written on the picture: as on a map, the weightiest first, none over another.

const ruler = document.createElement("canvas").getContext("2d");
const widths = new Map();
function widthOf(text) {
  if (!widths.has(text)) {
    ruler.font = "600 12.5px system-ui, Segoe UI, Roboto, Helvetica Neue, Noto Sans, Liberation Sans, Arial, sans-serif";
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

/** Where a name may stand beside its mark, the best first. */
function sidesOf(mark, w, h) {
  const [x, y] = [(mark.left + mark.right) / 2, (mark.top + mark.bottom) / 2];
  return {
    below: { left: x - w / 2, right: x + w / 2, top: mark.bottom + 1, bottom: mark.bottom + 1 + h },
    right: { left: mark.right + 2, right: mark.right + 2 + w, top: y - h / 2, bottom: y + h / 2 },
    left: { left: mark.left - 2 - w, right: mark.left - 2, top: y - h / 2, bottom: y + h / 2 },
    above: { left: x - w / 2, right: x + w / 2, top: mark.top - 1 - h, bottom: mark.top - 1 },
  };
}

/** How far a name below or above its mark is moved, so that the edge of the picture does not cut it. */
function shiftOf(side, box) {
  if (side !== "below" && side !== "above") return 0;
  const most = (box.right - box.left) / 2;
  const shift = Math.max(0, 2 - box.left) || Math.min(0, cy.width() - 2 - box.right);
  return Math.abs(shift) <= most ? shift : 0;
}

/** The scales at which letters and lines were painted last, and among how many lines. */
let paintedAt = { letters: 1, lines: 0, count: 0 };

/** Chooses the names of nodes, then of lines, and writes them. */
function nameAll() {
  const zoom = cy.zoom();
  const size = zoom * scale();
  const pan = cy.pan();
  const onScreen = ({ x, y }) => ({ x: x * zoom + pan.x, y: y * zoom + pan.y });
  const important = (node) => (node.hasClass("focus") || node.hasClass("chosen") ? 1e9 : node.hasClass("dim") ? -1e9 : 0) + picture.sifted.weight[node.data("n")];
  const isInside = ({ left, right, top, bottom }) => left > 0 && top > 0 && right < cy.width() && bottom < cy.height();
  const all = cy.nodes().toArray().sort((a, b) => important(b) - important(a) || a.data("n") - b.data("n"));
  const marks = all.map((node) => {
    const { x, y } = onScreen(node.position());
    const half = node.data("mark") * zoom * markScale() * 0.85;
    return { left: x - half, right: x + half, top: y - half, bottom: y + half };
  });
  // A name may not lie on another mark; but what most is told of is named in any case.
  const [named, free] = [new Written(), new Written()];
  marks.forEach((mark, k) => k < 250 && free.add(mark));
  const changed = cy.collection();
  const write = (element, name, value) => {
    if (element.scratch(name) === value) return;
    element.scratch(name, value);
    changed.merge(element);
  };
  cy.batch(() => {
    all.forEach((node, k) => {
      const label = cut(nodes[node.data("n")].label, 34);
      const places = sidesOf(marks[k], widthOf(label) * size + 4, 14 * size);
      const shifts = {};
      for (const [name, box] of Object.entries(places)) {
        shifts[name] = shiftOf(name, box);
        box.left += shifts[name];
        box.right += shifts[name];
      }
      const isChosen = important(node) > 1e8;
      const side = node.hasClass("dim") && all.length > 40 ? undefined : Object.keys(places).find((name) => isInside(places[name]) && named.isFree(places[name]) && ((isDense() && k < 14) || free.isFree(places[name])));
      if (side || isChosen) named.add(places[side ?? "below"]);
      write(node, "label", side || isChosen ? label : "");
      write(node, "side", side ?? "below");
      write(node, "shift", Math.round(shifts[side ?? "below"] / zoom));
    });
    nameLines(named, free, onScreen, size, write);
  });
  // Everything is painted anew only where it has to be; else what has another name, or a name of another size.
  const isOld = Math.abs(Math.log(scale() / paintedAt.letters)) > 0.06;
  // Among far fewer lines, or far more, each is drawn more clearly, or less.
  const count = picture.bundles.size;
  const isOther = Math.abs(Math.log((paintedAt.count + 50) / (count + 50))) > 0.25;
  if (paintedAt.lines !== lineScale() || isOther) cy.style().update();
  else if (isOld) changed.union(cy.elements().filter((element) => element.scratch("label"))).updateStyle();
  else changed.updateStyle();
  paintedAt = { letters: isOld ? scale() : paintedAt.letters, lines: lineScale(), count: isOther ? count : paintedAt.count };
}

/** More lines than this with names cannot be read. */
const LINES = 260;

function nameLines(named, free, onScreen, size, write) {
  const dense = cy.edges().length > LINES;
  const wanted = (line) => line.hasClass("near") || line.hasClass("chosen") || (!dense && !line.hasClass("dim") && !line.hasClass("aside"));
  const lines = cy.edges().toArray();
  lines.sort((a, b) => b.hasClass("chosen") - a.hasClass("chosen") || b.data("weight") - a.data("weight") || (a.id() < b.id() ? -1 : 1));
  for (const line of lines) {
    let label = "";
    if (wanted(line)) {
      const text = picture.bundles.get(line.id())?.label ?? "";
      const parts = text.split("\n");
      const middle = line.midpoint();
      if (middle && Number.isFinite(middle.x)) {
        const { x, y } = onScreen(middle);
        const half = (Math.max(...parts.map(widthOf)) * 0.84 * size) / 2 + 2;
        const high = (parts.length * 12.5 * size) / 2;
        const box = { left: x - half, right: x + half, top: y - high, bottom: y + high };
        if ((named.isFree(box) && free.isFree(box)) || line.hasClass("chosen")) {
          named.add(box);
          label = text;
        }
      }
    }
    write(line, "label", label);
  }
}

/** After the view has moved, other names fit. */
const afterZoom = afterRest(() => cy && nameAll(), 90);
