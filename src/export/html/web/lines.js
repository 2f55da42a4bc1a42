// Lines on the screen: where each runs, its arrowheads, and how far a point is from it.
//
// In: the picture's lines and the view. Out: curves in pixels, painted or measured.

/** Arrowheads are drawn at this many times a line's width, and never smaller than can be told apart. */
const headSize = (line) => (isDense() ? 4.5 : 7) * Math.min(1.6, Math.max(0.8, letterSize())) + 1.5 * line.width;

/** The curve of a line: from one mark's rim to the other's, bent where several run between the same two. */
function curveOf(line) {
  const [a, b] = [onScreen(line.from), onScreen(line.to)];
  const [ra, rb] = [radiusOf(line.from), radiusOf(line.to)];
  if (line.from === line.to) {
    const r = ra * 0.8 + 7;
    return { loop: r, x: a.x + ra * 0.6 + r * 0.7, y: a.y - ra * 0.6 - r * 0.7 };
  }
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = Math.hypot(dx, dy) || 1;
  // The side to which it bends does not depend on the direction of telling.
  const bow = line.bow * 34 * letterSize() * (line.from.n < line.to.n ? 1 : -1);
  const c = { x: (a.x + b.x) / 2 - (dy / length) * bow, y: (a.y + b.y) / 2 + (dx / length) * bow };
  const towards = (from, to) => {
    const far = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    return { x: (to.x - from.x) / far, y: (to.y - from.y) / far };
  };
  const [out, back] = [towards(a, c), towards(b, c)];
  const gap = 1.5;
  const begin = { x: a.x + out.x * (ra + gap), y: a.y + out.y * (ra + gap) };
  const end = { x: b.x + back.x * (rb + gap), y: b.y + back.y * (rb + gap) };
  return { begin, c, end, out, back, isShort: length < ra + rb + 8 };
}

/** A point of a curve: at 0 its beginning, at 1 its end. */
function pointOn({ begin, c, end, loop, x, y }, t) {
  if (loop) return { x: x + loop * 0.7, y: y - loop * 0.7 };
  const [a, b, d] = [(1 - t) ** 2, 2 * t * (1 - t), t * t];
  return { x: a * begin.x + b * c.x + d * end.x, y: a * begin.y + b * c.y + d * end.y };
}

/** True where something of the curve may be on the screen. */
function isSeen({ begin, c, end, loop }) {
  if (loop) return true;
  const out = (low, high, most) => high < -20 || low > most + 20;
  return !out(Math.min(begin.x, c.x, end.x), Math.max(begin.x, c.x, end.x), view.width) && !out(Math.min(begin.y, c.y, end.y), Math.max(begin.y, c.y, end.y), view.height);
}

/** Adds the curve to the path, shortened so that it does not show through its heads. */
function trace(path, line, curve) {
  if (curve.loop) {
    path.moveTo(curve.x + curve.loop, curve.y);
    path.arc(curve.x, curve.y, curve.loop, 0, 2 * Math.PI);
    return;
  }
  const head = curve.isShort ? 0 : headSize(line) * 0.7;
  const { begin, c, end, out, back } = curve;
  if (line.symmetric) path.moveTo(begin.x + out.x * head, begin.y + out.y * head);
  else path.moveTo(begin.x, begin.y);
  const [x, y] = [end.x + back.x * head, end.y + back.y * head];
  if (line.bow) path.quadraticCurveTo(c.x, c.y, x, y);
  else path.lineTo(x, y);
}

/** One head: its point at a rim, its body along the line. Full heads go into `full`, rings into `hollow`. */
function traceHead(full, hollow, tone, point, along, size) {
  const at = (back, across) => [point.x + along.x * back * size - along.y * across * size, point.y + along.y * back * size + along.x * across * size];
  const polygon = (...corners) => {
    corners.forEach((corner, k) => (k ? full.lineTo(...corner) : full.moveTo(...corner)));
    full.closePath();
  };
  if (tone === "speech") polygon(at(0, 0), at(1, 0.5), at(0.65, 0), at(1, -0.5));
  else if (tone === "cooperation") polygon(at(0, 0), at(1, 0.45), at(1, -0.45));
  else if (tone === "conflict") {
    polygon(at(0.25, 0), at(1.15, 0.45), at(1.15, -0.45));
    polygon(at(0, 0.55), at(0.2, 0.55), at(0.2, -0.55), at(0, -0.55));
  } else {
    const [x, y] = at(0.4, 0);
    hollow.moveTo(x + size * 0.32, y);
    hollow.arc(x, y, size * 0.32, 0, 2 * Math.PI);
  }
}

function traceHeads(full, hollow, line, curve) {
  if (curve.loop || curve.isShort) return;
  const size = headSize(line);
  traceHead(full, hollow, line.tone, curve.end, curve.back, size);
  if (line.symmetric) traceHead(full, hollow, line.tone, curve.begin, curve.out, size);
}

/** How far a point of the screen is from a curve. */
function distanceTo(curve, x, y) {
  if (curve.loop) return Math.abs(Math.hypot(x - curve.x, y - curve.y) - curve.loop);
  const { begin, c, end } = curve;
  const low = Math.min(begin.x, c.x, end.x) - 20;
  const high = Math.max(begin.x, c.x, end.x) + 20;
  if (x < low || x > high) return Infinity;
  let least = Infinity;
  let [px, py] = [begin.x, begin.y];
  const steps = 16;
  for (let k = 1; k <= steps; k += 1) {
    const { x: qx, y: qy } = pointOn(curve, k / steps);
    const along = ((x - px) * (qx - px) + (y - py) * (qy - py)) / ((qx - px) ** 2 + (qy - py) ** 2 || 1);
    const part = Math.min(1, Math.max(0, along));
    least = Math.min(least, Math.hypot(x - px - part * (qx - px), y - py - part * (qy - py)));
    [px, py] = [qx, qy];
  }
  return least;
}
