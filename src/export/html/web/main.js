// The page comes to life: everything is opened once, then every change of the state is shown.

function openTheme() {
  const root = document.documentElement;
  const read = () => {
    try {
      return localStorage.getItem("demarche-theme");
    } catch {
      return null;
    }
  };
  const isDark = () => (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const kept = read();
  if (kept === "dark" || kept === "light") root.dataset.theme = kept;
  const repaint = () => {
    palette = null;
    askPaint();
  };
  byId("theme").addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("demarche-theme", root.dataset.theme);
    } catch {
      // Kept for as long as the page is open.
    }
    repaint();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
}

let lastView = null;

function show() {
  // A filter leaves the view where it is; another focus, or more names, are looked at as a whole.
  const view = `${state.trail.at(-1)}|${state.top}|${state.open}`;
  const isNew = view !== lastView;
  const glides = draw(isNew, lastView !== null);
  showCard();
  showTrail();
  showStatus();
  if (glides) fit();
  else {
    nameAll();
    if (!isNew && state.chosen?.node) reveal(picture.marks.get(numberOf.get(state.chosen.node)));
  }
  lastView = view;
  for (const listener of shownListeners) listener();
}

function open() {
  state = decodeState(location.hash);
  openTheme();
  openCanvas();
  openFilters();
  openSearch();
  openKeys();
  onChange(show);
  byId("picture").addEventListener("click", savePicture);
  byId("open-filters").addEventListener("click", openSheet);
  byId("close-filters").addEventListener("click", closeSheets);
  byId("close-details").addEventListener("click", () => {
    choose(null);
    byId("canvas").focus({ preventScroll: true });
  });
  byId("zoom-in").addEventListener("click", () => zoomBy(1.4));
  byId("zoom-out").addEventListener("click", () => zoomBy(1 / 1.4));
  byId("zoom-fit").addEventListener("click", () => fit());
  byId("more").addEventListener("click", () => change({ top: Math.min(5000, state.top + 200) }));
  byId("reset-all").addEventListener("click", clearFilters);
  addEventListener("resize", afterRest(() => {
    measure();
    draw(true, false);
    nameAll();
  }, 150));
  show();
  document.documentElement.dataset.ready = "yes";
}

open();
