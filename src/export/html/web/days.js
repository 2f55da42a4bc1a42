// The filter of days: how much was told when, two handles below it, and two fields for exact days.
//
// In: the days of the evidence. Out: `from` and `until` of the state, null where everything passes. What is told of
// a time passes where that time and the days chosen share a day, as on the command line (--since, --until).

/** The days on which documents were published and things happened. Offices and other ties that last are no events:
    one that was taken up long ago is told of today. */
const [dated, happened] = (() => {
  const published = documents.map((document) => (document.date ? dayOf(document.date) : null));
  const pieces = edges.filter((edge) => !edge.predicate.standing).flatMap((edge) => edge.evidence ?? []).map((piece) => piece.first);
  return [published, pieces].map((days) => days.filter((day) => day !== null).sort((a, b) => a - b));
})();
const allDays = [...dated, ...happened].sort((a, b) => a - b);
const [firstDay, lastDay] = [allDays[0], allDays.at(-1)];
const hasDays = lastDay > firstDay;

/** The days between which nearly everything was told: a slider should not spend its way on a few strays. At their
    ends the handles let those through as well. */
const [lowDay, highDay] = (() => {
  if (allDays.length >= 200) {
    const [low, high] = [allDays[Math.floor(allDays.length * 0.01)], allDays[Math.ceil(allDays.length * 0.99) - 1]];
    return low < high ? [low, high] : [firstDay, lastDay];
  }
  if (!dated.length) return [firstDay, lastDay];
  // Of few: not farther from the documents than these are from each other.
  const far = Math.max(365, dated.at(-1) - dated[0]);
  const near = allDays.filter((day) => day >= dated[0] - far && day <= dated.at(-1) + far);
  return near[0] < near.at(-1) ? [near[0], near.at(-1)] : [firstDay, lastDay];
})();

/** Between the ends of the slider the days of which something is told: the keys step from one to the next. */
const daysTold = [...new Set(allDays)].filter((day) => day >= lowDay && day <= highDay);

/** Sets one end; the other is taken along where it would be passed, so that no handle is ever stuck. */
function withDay(chosen, name, day) {
  const next = { from: chosen.from, until: chosen.until, [name]: day };
  if (next.from !== null && next.until !== null && next.from > next.until) next[name === "from" ? "until" : "from"] = day;
  return next;
}

/** Where a key moves a handle that stands on a day; null for keys that do not. */
function dayAfterKey(key, day) {
  const at = daysTold.findIndex((told) => told >= day);
  const here = at < 0 ? daysTold.length : at;
  const isTold = daysTold[here] === day;
  const clamp = (n) => daysTold[Math.max(0, Math.min(daysTold.length - 1, n))];
  const months = (n) => {
    const date = new Date(day * DAY);
    return Math.max(lowDay, Math.min(highDay, Math.round(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + n, date.getUTCDate()) / DAY)));
  };
  const far = highDay - lowDay > 365 * 4 ? 12 : 1;
  switch (key) {
    case "ArrowRight": case "ArrowUp": return clamp(isTold ? here + 1 : here);
    case "ArrowLeft": case "ArrowDown": return clamp(here - 1);
    case "PageUp": return months(far);
    case "PageDown": return months(-far);
    case "Home": return lowDay;
    case "End": return highDay;
    default: return null;
  }
}

/** Years, months or days that are written below the chart: as many as have room. */
function ticks() {
  const spread = highDay - lowDay;
  const at = (year, month, day) => Math.round(Date.UTC(year, month, day) / DAY);
  const [first, last] = [new Date(lowDay * DAY), new Date(highDay * DAY)];
  const found = [];
  if (spread > 800) {
    const years = last.getUTCFullYear() - first.getUTCFullYear();
    const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((step) => years / step <= 5) ?? 1000;
    for (let year = Math.ceil(first.getUTCFullYear() / step) * step; year <= last.getUTCFullYear(); year += step) found.push([at(year, 0, 1), String(year)]);
  } else if (spread > 62) {
    const step = [1, 2, 3, 6, 12].find((step) => spread / 30.4 / step <= 5) ?? 12;
    for (let month = 0; month <= spread / 28; month += 1) {
      const day = at(first.getUTCFullYear(), first.getUTCMonth() + month, 1);
      const date = new Date(day * DAY);
      if (date.getUTCMonth() % step === 0) found.push([day, MONTHS[date.getUTCMonth()] + (date.getUTCMonth() < step ? ` ${date.getUTCFullYear()}` : "")]);
    }
  } else {
    const step = [1, 2, 5, 7, 14].find((step) => spread / step <= 4) ?? 14;
    for (let day = lowDay; day <= highDay; day += step) found.push([day, longDate(dateOf(day)).replace(/ -?\d+$/, "")]);
  }
  return found.filter(([day]) => day >= lowDay && day <= highDay);
}

/** "Until 5 May 2021", "From 1 May 2021 on": never a day that was not chosen, but the first and last of all. */
function daysChosen() {
  const words = (day) => longDate(dateOf(day));
  if (state.from === null && state.until === null) return `${words(firstDay)} – ${words(lastDay)}`;
  if (state.from === null) return `Until ${words(state.until)}`;
  if (state.until === null) return `From ${words(state.from)} on`;
  return state.from === state.until ? words(state.from) : `${words(state.from)} – ${words(state.until)}`;
}

function timeGroup() {
  const spread = Math.max(1, highDay - lowDay);
  const partOf = (day) => (Math.min(highDay, Math.max(lowDay, day)) - lowDay) / spread;
  // One bar a day where there is room; each stands above the place of a handle that is set to its middle.
  const bins = Math.min(44, spread + 1);
  const binOf = (day) => Math.round(partOf(day) * (bins - 1));
  const heights = new Array(bins).fill(0);
  const range = heights.map(() => [Infinity, -Infinity]);
  for (const day of happened) {
    const bin = binOf(day);
    heights[bin] += 1;
    range[bin] = [Math.min(range[bin][0], day), Math.max(range[bin][1], day)];
  }
  const highest = Math.max(...heights, 1);
  const bars = heights.map((height, n) => {
    const high = Math.max(height && 1.5, Math.sqrt(height / highest) * 32);
    return svg("rect", { x: (bins > 1 ? (n / (bins - 1)) * 220 : 110) - 2, width: 4, y: 32 - high, height: high });
  });
  const chart = svg("svg", { viewBox: "0 0 220 32", preserveAspectRatio: "none", class: "bars", "aria-hidden": "true" }, ...bars);
  const scale = el("div", { className: "ticks", set: { "aria-hidden": "true" } }, ...ticks().map(([day, text]) => {
    const tick = el("span", { textContent: text });
    tick.style.left = `${partOf(day) * 100}%`;
    return tick;
  }));

  // Within a frame several moves become one change.
  let waiting = null;
  const send = onceAFrame(() => {
    const changes = waiting;
    waiting = null;
    if (changes && (changes.from !== state.from || changes.until !== state.until)) change(changes);
  });
  const move = (name, day) => {
    const before = waiting ?? state;
    waiting = withDay(before, name, day);
    // A handle at its end lets through what is beyond; what was typed for the other stays.
    if (waiting.from !== before.from && waiting.from !== null && waiting.from <= lowDay) waiting.from = null;
    if (waiting.until !== before.until && waiting.until !== null && waiting.until >= highDay) waiting.until = null;
    send();
    place(waiting);
  };

  const handle = (name, label) => {
    const input = el("input", { type: "range", min: lowDay, max: highDay, step: 1, id: `time-${name}`, set: { "aria-label": label } });
    input.addEventListener("input", () => move(name, Number(input.value)));
    input.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const day = dayAfterKey(event.key, Number(input.value));
      if (day === null) return;
      event.preventDefault();
      move(name, day);
    });
    return input;
  };
  const handles = { from: handle("from", "From"), until: handle("until", "Until") };
  const field = (name, label) => {
    const input = el("input", { type: "date", id: `day-${name}`, min: dateOf(firstDay), max: dateOf(lastDay), set: { "aria-label": label } });
    input.addEventListener("change", () => {
      // A year of which only the first digits are typed is none yet.
      if (input.validity.badInput || (input.value && input.value < "1000")) return;
      waiting = withDay(waiting ?? state, name, input.value ? dayOf(input.value) : null);
      send();
    });
    return input;
  };
  const fields = { from: field("from", "First day"), until: field("until", "Last day") };

  /** Puts handles and fields where the days are. */
  const place = (chosen) => {
    const days = { from: chosen.from ?? lowDay, until: chosen.until ?? highDay };
    for (const name of ["from", "until"]) {
      handles[name].value = days[name];
      const words = chosen[name] === null ? (name === "from" ? "the first day" : "the last day") : longDate(dateOf(chosen[name]));
      handles[name].setAttribute("aria-valuetext", words);
    }
    // Where both stand at one end, the one that can still be moved is on top.
    handles.from.classList.toggle("on-top", partOf(days.from) > 0.5);
  };
  const track = el("div", { className: "two-handles" }, handles.from, handles.until);
  // A click beside the handles brings the nearer one.
  track.addEventListener("pointerdown", (event) => {
    if (event.target !== track) return;
    const box = track.getBoundingClientRect();
    const thumb = isPhone() ? 22 : 15;
    const part = Math.min(1, Math.max(0, (event.clientX - box.x - thumb / 2) / (box.width - thumb)));
    const day = Math.round(lowDay + part * spread);
    const far = (name) => Math.abs(Number(handles[name].value) - day);
    const name = far("from") < far("until") || (far("from") === far("until") && day < Number(handles.from.value)) ? "from" : "until";
    move(name, day);
    handles[name].focus({ preventScroll: true });
    event.preventDefault();
  });

  const said = el("output", { className: "range" });
  const note = el("p", { className: "note", hidden: true });
  refreshers.push(() => {
    place(state);
    for (const name of ["from", "until"]) fields[name].value = state[name] === null ? "" : dateOf(state[name]);
    said.textContent = daysChosen();
    bars.forEach((bar, n) => {
      const [first, last] = range[n];
      bar.classList.toggle("out", (state.from !== null && last < state.from) || (state.until !== null && first > state.until));
    });
  });
  // How much is hidden is known when the picture has been sifted.
  onShown(() => {
    const { undated } = picture.sifted;
    note.hidden = undated === 0;
    note.textContent = `Without a date, and hidden: ${plural(undated, "sentence")}.`;
  });
  return groupOf("When", said, chart, track, scale, el("div", { className: "days" }, fields.from, "–", fields.until), note);
}
