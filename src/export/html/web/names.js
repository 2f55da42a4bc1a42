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

/** Chooses the names of nodes, then of lines, and writes them. */
function nameAll() {
  const zoom = cy.zoom();
  const size = zoom * scale();
  const pan = cy.pan();
  const written = new Written();
  const onScreen = ({ x, y }) => ({ x: x * zoom + pan.x, y: y * zoom + pan.y });
  const important = (node) => (node.hasClass("focus") || node.hasClass("chosen") ? 1e9 : node.hasClass("dim") ? -1e9 : 0) + node.data("mark");
  const all = cy.nodes().toArray().sort((a, b) => important(b) - important(a) || a.data("n") - b.data("n"));
  const marks = all.map((node) => {
    const { x, y } = onScreen(node.position());
    const half = node.data("mark") * size * 0.8;
    return { left: x - half, right: x + half, top: y - half, bottom: y + half };
  });
  // A name may not lie on another mark; small marks far away give way.
  marks.forEach((mark, k) => k < 150 && written.add(mark));
  cy.batch(() => {
    for (const node of all) {
      const label = cut(nodes[node.data("n")].label, 34);
      const { x, y } = onScreen(node.position());
      const half = (widthOf(label) * size) / 2 + 2;
      const top = y + (node.data("mark") * 0.9 + 3) * size;
      const box = { left: x - half, right: x + half, top: top + 1, bottom: top + 15 * size };
      const isShown = important(node) > 1e8 || (!node.hasClass("dim") && written.isFree(box));
      if (isShown) written.add(box);
      node.scratch("label", isShown ? label : "");
    }
    nameLines(written, onScreen, size);
  });
  cy.style().update();
}

/** More lines than this with names cannot be read. */
const LINES = 260;

function nameLines(written, onScreen, size) {
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
        if (written.isFree(box) || line.hasClass("chosen")) {
          written.add(box);
          label = text;
        }
      }
    }
    line.scratch("label", label);
  }
}

/** After the view has moved, other names fit. */
const afterZoom = afterRest(() => cy && nameAll(), 90);
