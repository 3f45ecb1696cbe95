// One chart. The Vega code comes once per page from a shared model; nothing is fetched and nothing evaluated.

const RUNTIME = Symbol.for("repairbook.vega");
const REACH = 22, SETTLE = 120;
const COLOURS = {
  paper: "#faf8f4", card: "#ffffff", ink: "#25302f", soft: "#5b6866", line: "#dcd8cf", accent: "#1f6f64",
  "accent-ink": "#ffffff", wash: "#e6f0ed", gold: "#9a6b12", goldwash: "#fbf1dc", rose: "#9c3d46", rosewash: "#f9e9ea",
  edge: "#8d9693",
};
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

function vegaEmbed(model) {
  globalThis[RUNTIME] ??= load(model).catch((error) => {
    delete globalThis[RUNTIME];
    throw error;
  });
  return globalThis[RUNTIME];
}

async function load(model) {
  const holder = await model.widget_manager.get_model(model.get("runtime").replace("IPY_MODEL_", ""));
  const packed = new Blob([holder.get("source")]).stream();
  const code = await new Response(packed.pipeThrough(new DecompressionStream("gzip"))).text();
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  try {
    return (await import(url)).vegaEmbed;
  } finally {
    URL.revokeObjectURL(url);
  }
}

// A chart carries its data; a link, picture or file named inside one is never followed.
const refuse = () => Promise.reject(new Error("refused"));
const LOADER = { load: refuse, sanitize: refuse, http: refuse, file: refuse };

// ---- colours of the page ----

function tokens(root) {
  const style = getComputedStyle(root);
  return Object.fromEntries(Object.entries(COLOURS).map(([name, fallback]) =>
    [name, style.getPropertyValue(`--rb-${name}`).trim() || fallback]));
}

function theme(c) {
  const quiet = { labelColor: c.soft, titleColor: c.soft, labelFontSize: 14, titleFontSize: 14, titleFontWeight: 500 };
  return {
    background: null, font: FONT,
    view: { stroke: null },
    axis: { ...quiet, gridColor: c.line, gridOpacity: 0.7, domainColor: c.edge, tickColor: c.edge, labelPadding: 6, titlePadding: 10 },
    legend: { ...quiet, labelColor: c.ink, symbolStrokeWidth: 2 },
    header: quiet,
    title: { color: c.ink, subtitleColor: c.soft, fontSize: 16, subtitleFontSize: 14, anchor: "start", offset: 12 },
    mark: { color: c.accent, tooltip: null },
    line: { color: c.accent, strokeWidth: 2.5, strokeJoin: "round", strokeCap: "round" },
    point: { color: c.accent, filled: true, size: 90, opacity: 1 },
    rule: { color: c.soft }, text: { color: c.ink, fontSize: 14 }, tick: { color: c.soft },
    area: { color: c.accent, fillOpacity: 0.15 }, bar: { color: c.accent }, rect: { color: c.wash },
    range: { category: [c.accent, c.gold, c.rose, c.soft, c.ink], ramp: [c.wash, c.accent], heatmap: [c.wash, c.accent] },
  };
}

// "var(--rb-rose)" anywhere but in the data becomes the page's colour.
function coloured(part, c) {
  if (typeof part === "string") return c[/^var\(--rb-([a-z-]+)\)$/.exec(part)?.[1]] ?? part;
  if (Array.isArray(part)) return part.map((item) => coloured(item, c));
  if (part === null || typeof part !== "object") return part;
  return Object.fromEntries(Object.entries(part).map(([key, item]) =>
    [key, key === "data" || key === "datasets" ? item : coloured(item, c)]));
}

function fitted(spec, width) {
  const { $schema, ...rest } = spec;
  const free = rest.width === undefined || rest.width === "container";
  if (!free || !("mark" in rest || "layer" in rest)) return rest;
  return { ...rest, width, autosize: { type: "fit-x", contains: "padding", ...rest.autosize } };
}

// ---- tooltip: text only ----

class Tip {
  show(event, value) {
    if (value === null || value === undefined || value === "") return this.hide();
    this.box ??= make("div", "rb-w rb-tokens rb-tip");
    this.box.setAttribute("aria-hidden", "true");
    this.box.replaceChildren(...rows(value));
    document.body.append(this.box);
    const { width, height } = this.box.getBoundingClientRect();
    const left = Math.min(event.clientX + 14, innerWidth - width - 8);
    const top = event.clientY + 16 + height > innerHeight ? event.clientY - height - 12 : event.clientY + 16;
    Object.assign(this.box.style, { left: `${Math.max(8, left)}px`, top: `${Math.max(8, top)}px` });
  }

  hide() {
    this.box?.remove();
  }
}

function rows(value) {
  if (typeof value !== "object") return [make("div", "rb-tip-row", String(value))];
  return Object.entries(value).map(([name, item]) => {
    const row = make("div", "rb-tip-row");
    row.append(make("span", "rb-tip-name", name), make("span", "rb-tip-value", String(item ?? "")));
    return row;
  });
}

function make(tag, classes, text) {
  const node = Object.assign(document.createElement(tag), { className: classes });
  if (text !== undefined) node.textContent = text;
  return node;
}

// ---- the chart ----

class Chart {
  constructor(model, el) {
    this.model = model;
    this.turn = 0;
    this.tip = new Tip();
    this.stop = new AbortController();
    this.root = make("div", "rb-w rb-vega-chart");
    this.stage = make("div", "rb-vega-stage");
    this.stage.setAttribute("role", "img");
    this.root.append(this.stage);
    el.classList.add("rb-vega-box");
    el.append(this.root);
    this.listen();
    this.title();
  }

  listen() {
    const { signal } = this.stop;
    this.model.on("change:spec", () => this.draw());
    this.model.on("change:name change:sentence", () => this.title());
    this.stage.addEventListener("click", (event) => this.pick(event), { signal });
    this.stage.addEventListener("pointerover", (event) => this.point(event), { signal });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.restyle(), { signal });
    this.theme = new MutationObserver(() => this.restyle());
    this.theme.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-jp-theme-name"] });
    this.size = new ResizeObserver(() => this.resize());
    this.size.observe(this.root);
  }

  title() {
    const words = [this.model.get("name"), this.model.get("sentence")].filter(Boolean);
    this.stage.setAttribute("aria-label", words.map((part) => part.replace(/\.?\s*$/, ".")).join(" "));
  }

  resize() {
    const width = Math.floor(this.root.clientWidth);
    if (!width || width === this.width) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.draw(), this.width ? SETTLE : 0);
    this.width = width;
  }

  restyle() {
    // JupyterLab swaps its style sheet a moment after the attribute.
    setTimeout(() => {
      if (JSON.stringify(tokens(this.root)) !== this.drawnIn) this.draw();
    }, SETTLE);
  }

  async draw() {
    const turn = ++this.turn;
    const spec = this.model.get("spec") ?? {};
    if (!this.width) return;
    if (!Object.keys(spec).length) return this.show(undefined, make("div", "rb-vega-none"));
    const colours = tokens(this.root), sheet = make("div", "rb-vega-sheet");
    try {
      const embed = await vegaEmbed(this.model);
      const drawn = await embed(sheet, coloured(fitted(spec, this.width), colours), {
        mode: "vega-lite", renderer: "svg", ast: true, actions: false, defaultStyle: false, logLevel: 0,
        loader: LOADER, config: theme(colours), tooltip: (_, event, item, value) => this.tip.show(event, value),
      });
      if (turn !== this.turn) return drawn.finalize();
      this.drawnIn = JSON.stringify(colours);
      this.show(drawn, sheet);
    } catch {
      if (turn === this.turn) this.show(undefined, make("p", "rb-vega-failed", this.model.get("failed")));
    }
  }

  show(drawn, sheet) {
    this.tip.hide();
    this.drawn?.finalize();
    this.drawn = drawn;
    this.root.classList.toggle("rb-vega-ready", Boolean(drawn));
    // The stage says in words what is drawn; the marks one by one would only be in the way.
    if (drawn) sheet.setAttribute("aria-hidden", "true");
    this.stage.replaceChildren(sheet);
  }

  // The nearest mark that can be chosen, within a finger's reach.
  nearest(event) {
    const hit = pickOf(event.target);
    if (hit) return hit;
    let best, reach = REACH;
    for (const node of this.stage.querySelectorAll("path, rect, text, line")) {
      if (!pickOf(node)) continue;
      const box = node.getBoundingClientRect();
      const far = Math.hypot(box.x + box.width / 2 - event.clientX, box.y + box.height / 2 - event.clientY);
      if (far <= reach) [best, reach] = [pickOf(node), far];
    }
    return best;
  }

  pick(event) {
    const pick = this.nearest(event);
    if (!pick) return;
    this.model.set("picked", { pick, n: (this.model.get("picked")?.n ?? 0) + 1 });
    this.model.save_changes();
  }

  point(event) {
    this.stage.style.cursor = pickOf(event.target) ? "pointer" : "";
  }

  destroy() {
    this.turn += 1;
    clearTimeout(this.timer);
    this.stop.abort();
    this.theme.disconnect();
    this.size.disconnect();
    this.tip.hide();
    this.drawn?.finalize();
    this.root.remove();
  }
}

// A line or an area has one datum for many points, so only single marks can be chosen.
function pickOf(node) {
  const item = node?.__data__;
  if (!item?.mark || ["line", "area", "trail", "group"].includes(item.mark.marktype)) return undefined;
  const pick = item.datum?.pick;
  return pick === undefined || pick === null || pick === "" ? undefined : String(pick).slice(0, 64);
}

export default {
  render({ model, el }) {
    const chart = new Chart(model, el);
    return () => chart.destroy();
  },
};
