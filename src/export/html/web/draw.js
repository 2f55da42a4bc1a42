// The painter: the picture on a canvas, lines below marks below names, as large as the view says.
//
// In: the picture and the view. Out: pixels; painted at most once a frame, and whole, which is quicker than to
// keep track of what has changed: some hundreds of lines are few.

let context = null;

/** Pixels of the canvas to one of the page, when it was measured. */
let ratio = 1;

function openCanvas() {
  const canvas = el("canvas", { set: { "aria-hidden": "true" } });
  byId("canvas").replaceChildren(canvas);
  context = canvas.getContext("2d", { alpha: false });
  // Where tests, and whoever is curious, can read what stands where.
  byId("canvas").where = () => ({
    marks: [...picture.marks.values()].map((mark) => ({ key: nodes[mark.n].key, ...onScreen(mark), radius: radiusOf(mark), label: mark.label })),
    lines: picture.lines.map((line) => ({ from: nodes[line.from.n].key, to: nodes[line.to.n].key, ...pointOn(curveOf(line), 0.5), label: line.label })),
  });
  measure();
  openPointer();
}

/** The canvas is as large as its place. */
function measure() {
  const { clientWidth, clientHeight } = byId("canvas");
  Object.assign(view, { width: clientWidth, height: clientHeight });
  ratio = Math.min(2, devicePixelRatio || 1);
  context.canvas.width = Math.round(clientWidth * ratio);
  context.canvas.height = Math.round(clientHeight * ratio);
}

const paintNow = () => paint(context, ratio);
const askPaint = onceAFrame(paintNow);

function paint(to, ratio) {
  const c = colours();
  to.setTransform(ratio, 0, 0, ratio, 0, 0);
  to.globalAlpha = 1;
  to.fillStyle = c.paper;
  to.fillRect(0, 0, view.width, view.height);
  paintLines(to, c);
  paintMarks(to, c);
  paintNames(to, c);
}

/** How much of a line is seen, and how wide it is. */
function strokeOf(line) {
  const pointed = picture.pointed;
  const isPointed = pointed !== null && (line.from.n === pointed || line.to.n === pointed);
  if (line.isChosen) return { alpha: 1, width: 4.5 };
  if (line.isNear) return { alpha: 1, width: line.width };
  if (line.isDim) return { alpha: (picture.shown.size > 40 ? 0.16 : 0.35) * line.opacity, width: line.width };
  if (isPointed) return { alpha: 1, width: line.width };
  if (line.isAside) return { alpha: Math.min(0.28, line.opacity), width: 1 };
  return { alpha: line.opacity, width: line.width };
}

/** Lines that look the same are one path: then those that cross do not darken each other, and there is less to do. */
function paintLines(to, c) {
  const groups = new Map();
  for (const line of picture.lines) {
    const curve = curveOf(line);
    if (!isSeen(curve)) continue;
    const { alpha, width } = strokeOf(line);
    const look = { tone: line.tone, dashed: !line.isFact, alpha: Math.round(alpha * 14) / 14 || 0.03, width: Math.round(width * 2) / 2, isChosen: line.isChosen, rank: line.isChosen ? 3 : line.isNear ? 2 : line.isDim ? 0 : 1 };
    const id = Object.values(look).join(" ");
    if (!groups.has(id)) groups.set(id, { ...look, body: new Path2D(), full: new Path2D(), hollow: new Path2D() });
    const group = groups.get(id);
    trace(group.body, line, curve);
    traceHeads(group.full, group.hollow, line, curve);
  }
  const order = [...groups.values()].sort((a, b) => a.rank - b.rank || a.alpha * a.width - b.alpha * b.width);
  for (const { tone, dashed, alpha, width, isChosen, body, full, hollow } of order) {
    if (isChosen) {
      to.globalAlpha = 0.25;
      to.strokeStyle = c.accent;
      to.lineWidth = (width + 10) * Math.min(1.6, letterSize());
      to.stroke(body);
    }
    to.globalAlpha = alpha;
    to.strokeStyle = to.fillStyle = c.tones[tone];
    to.lineWidth = width * Math.min(1.6, Math.max(0.8, letterSize()));
    if (dashed) to.setLineDash([5, 3.5]);
    to.stroke(body);
    if (dashed) to.setLineDash([]);
    to.fill(full);
    to.lineWidth = Math.max(1.2, to.lineWidth * 0.7);
    to.stroke(hollow);
  }
}

/** The legend's signs, 20 by 20, as paths. */
const SIGNS = Object.fromEntries(Object.entries(SHAPES).map(([kind, { path }]) => [kind, new Path2D(path)]));

function paintMarks(to, c) {
  const dim = picture.shown.size > 40 ? 0.16 : 0.35;
  // What is looked at is above everything else.
  const rank = (mark) => (mark.isAt ? 4 : mark.n === picture.pointed ? 3 : mark.isChosen ? 2 : mark.isDim ? 0 : 1);
  const order = byWeight([...picture.marks.values()]).reverse().sort((a, b) => rank(a) - rank(b));
  for (const mark of order) {
    const { x, y } = onScreen(mark);
    const radius = radiusOf(mark);
    if (x < -radius || y < -radius || x > view.width + radius || y > view.height + radius) continue;
    const by = radius / SHAPES[mark.kind].radius;
    to.save();
    to.translate(x, y);
    to.scale(by, by);
    to.translate(-10, -10);
    const sign = SIGNS[mark.kind];
    const ring = (colour, width) => {
      to.strokeStyle = colour;
      to.lineWidth = width / by;
      to.stroke(sign);
    };
    if (mark.isAt) {
      to.globalAlpha = 0.45;
      ring(c.accent, 3 + 2 * Math.max(6, radius * 0.5));
    }
    // What lies below a faint mark does not show through it.
    to.globalAlpha = 1;
    to.fillStyle = c.paper;
    to.fill(sign);
    ring(c.paper, 3);
    to.globalAlpha = mark.isDim ? dim : 1;
    const isOpen = mark.kind === "group";
    if (!isOpen) {
      to.fillStyle = c.kinds[mark.kind];
      to.fill(sign);
    }
    if (mark.isChosen || mark.n === picture.pointed) ring(c.accent, mark.isChosen ? 3.5 : 2.5);
    else if (isOpen) {
      // A dashed ring cannot be seen from afar.
      if (radius > 7) to.setLineDash([3.2 / by, 2.2 / by]);
      ring(c.kinds.group, Math.max(1.6, Math.min(2.4, radius / 4)));
      to.setLineDash([]);
    }
    to.restore();
  }
}

/** The names that were chosen for this view, where they were found to have room. */
function paintNames(to, c) {
  const size = letterSize();
  to.textAlign = "center";
  to.textBaseline = "middle";
  to.lineJoin = "round";
  const write = (text, x, y, font, colour, outline) => {
    to.font = font;
    to.lineWidth = outline;
    to.strokeStyle = c.paper;
    to.strokeText(text, x, y);
    to.fillStyle = colour;
    to.fillText(text, x, y);
  };
  for (const line of picture.lines) {
    if (!line.label) continue;
    const parts = line.label.split("\n");
    const { x, y } = pointOn(curveOf(line), line.at);
    to.globalAlpha = line.isDim ? 0.35 : 1;
    const half = (Math.max(...parts.map(widthOf)) * 0.84 * size) / 2 + 2;
    const high = parts.length * 12.5 * size;
    to.fillStyle = c.paper;
    to.globalAlpha *= 0.92;
    to.fillRect(x - half, y - high / 2, 2 * half, high);
    to.fillStyle = line.tone === "state" ? c.soft : c.tones[line.tone];
    to.font = `${10.5 * size}px ${FONT}`;
    parts.forEach((part, k) => to.fillText(part, x, y + (k - (parts.length - 1) / 2) * 12.5 * size));
  }
  for (const mark of byWeight([...picture.marks.values()]).reverse()) {
    if (!mark.label) continue;
    const box = boxOfName(mark);
    if (box.right < 0 || box.bottom < 0 || box.left > view.width || box.top > view.height) continue;
    to.globalAlpha = mark.isDim ? 0.35 : 1;
    write(mark.label, (box.left + box.right) / 2, (box.top + box.bottom) / 2, `${mark.isStrong ? 600 : 400} ${12.5 * size}px ${FONT}`, c.ink, 4.5 * size);
  }
}

/** The picture on the screen as a file: all of it, twice as fine. */
async function savePicture() {
  const kept = { ...view };
  const ends = [...picture.marks.values()].flatMap((mark) => {
    const { left, right, top, bottom } = boxOfName(mark);
    const [{ x, y }, r] = [onScreen(mark), radiusOf(mark)];
    return [{ x: Math.min(left, x - r), y: Math.min(top, y - r) }, { x: Math.max(right, x + r), y: Math.max(bottom, y + r) }];
  });
  if (!ends.length) return;
  const least = (name) => Math.min(...ends.map((end) => end[name])) - 24;
  const most = (name) => Math.max(...ends.map((end) => end[name])) + 24;
  const [width, height] = [most("x") - least("x"), most("y") - least("y")];
  const canvas = document.createElement("canvas");
  const fine = Math.min(2, 4000 / width, 4000 / height);
  Object.assign(canvas, { width: Math.round(width * fine), height: Math.round(height * fine) });
  Object.assign(view, { x: view.x - least("x"), y: view.y - least("y"), width, height });
  // Names that are not on the screen are written as well.
  nameAll();
  paint(canvas.getContext("2d", { alpha: false }), fine);
  Object.assign(view, kept);
  nameAll();
  const blob = await new Promise((done) => canvas.toBlob(done));
  const link = el("a", { href: URL.createObjectURL(blob), download: "graph.png" });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  say("The picture was saved as graph.png.");
}
