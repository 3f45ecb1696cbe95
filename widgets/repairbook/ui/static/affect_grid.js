// Affect grid: a tap marks, arrows move the mark (from the centre when there is none), Delete or "Clear" removes it.

const SVG = "http://www.w3.org/2000/svg";
const SIDE = 9;
const CELL = 20;
const MIDDLE = 5;

const make = (tag, className, text) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
};
const draw = (tag, attributes) => {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
};
const within = (number) => Math.min(SIDE, Math.max(1, number));

const makeBoard = () => {
  const size = SIDE * CELL;
  const svg = draw("svg", { viewBox: `0 0 ${size} ${size}`, "aria-hidden": "true", focusable: "false" });
  const thin = Array.from({ length: SIDE - 1 }, (_, n) => (n + 1) * CELL)
    .map((at) => `M${at} 0V${size}M0 ${at}H${size}`).join("");
  const cross = `M${size / 2} 0V${size}M0 ${size / 2}H${size}`;
  const mark = draw("circle", { r: 8 });
  svg.append(
    draw("path", { d: thin, stroke: "currentColor", "stroke-opacity": ".18" }),
    draw("path", { d: cross, stroke: "currentColor", "stroke-opacity": ".5" }),
    mark,
  );
  return { svg, mark };
};

function render({ model, el }) {
  const id = `rb-affect-${Math.random().toString(36).slice(2)}`; // each widget loads this module anew: no shared counter
  const get = (name) => model.get(name);
  const word = (name) => get("words")[name];

  const root = make("div", "rb-w rb-affect-grid");
  // In JupyterLab a "d" pressed twice deletes the cell, unless the focused element itself says no.
  root.addEventListener("focusin", ({ target }) => { target.dataset.lmSuppressShortcuts = "true"; });
  const title = make("h2");
  const caption = make("p");
  const hint = make("p", "rb-affect-grid-hint");
  const board = make("div", "rb-affect-grid-board");
  const up = make("span", "rb-affect-grid-up");
  const along = make("span", "rb-affect-grid-along");
  const square = make("div", "rb-affect-grid-square");
  const foot = make("div", "rb-affect-grid-foot");
  const said = make("span");
  const clear = make("button", "rb-affect-grid-clear");
  const { svg, mark } = makeBoard();
  hint.id = `${id}-hint`;
  clear.type = "button";
  square.tabIndex = 0;
  square.setAttribute("role", "slider");
  square.setAttribute("aria-valuemin", "0");
  square.setAttribute("aria-valuemax", String(SIDE * SIDE));
  up.setAttribute("aria-hidden", "true"); // both axes are said in the value's own words
  along.setAttribute("aria-hidden", "true");
  said.setAttribute("aria-hidden", "true");
  square.append(svg);
  board.append(up, square, along);
  foot.append(said, clear);
  root.append(title, caption, hint, board, foot);
  el.append(root);

  const edit = (value) => {
    if (get("disabled")) return;
    model.set("value", value);
    root.dispatchEvent(
      new CustomEvent("rb-edit", { bubbles: true, composed: true, detail: { key: get("key"), value } }),
    );
    model.save_changes();
  };

  const redraw = () => {
    const [pleasure, arousal] = get("value");
    const set = pleasure !== undefined;
    const text = set
      ? word("set").replace("{pleasure}", String(pleasure)).replace("{arousal}", String(arousal))
      : word("empty");
    title.textContent = caption.textContent = get("label");
    title.hidden = !get("heading");
    caption.hidden = get("heading") || !get("caption") || !get("label");
    hint.textContent = get("hint");
    hint.hidden = !get("hint");
    up.textContent = word("arousal");
    along.textContent = word("pleasure");
    said.textContent = text;
    clear.textContent = word("clear");
    clear.setAttribute("aria-label", `${word("clear")}: ${get("label")}`);
    clear.hidden = !set || get("disabled");
    square.setAttribute("aria-label", get("label"));
    square.setAttribute("aria-disabled", String(get("disabled")));
    square.setAttribute("aria-valuenow", String(set ? (arousal - 1) * SIDE + pleasure : 0));
    square.setAttribute("aria-valuetext", text);
    if (get("hint")) square.setAttribute("aria-describedby", hint.id);
    else square.removeAttribute("aria-describedby");
    mark.style.display = set ? "" : "none";
    mark.setAttribute("cx", String((pleasure - 0.5) * CELL || 0));
    mark.setAttribute("cy", String((SIDE + 0.5 - arousal) * CELL || 0));
  };

  square.addEventListener("click", (event) => {
    const box = svg.getBoundingClientRect();
    const column = Math.ceil(((event.clientX - box.left) / box.width) * SIDE);
    const line = Math.ceil(((event.clientY - box.top) / box.height) * SIDE);
    edit([within(column), within(SIDE + 1 - line)]);
  });
  square.addEventListener("keydown", (event) => {
    const step = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    const has = get("value").length > 0;
    const [pleasure, arousal] = has ? get("value") : [MIDDLE, MIDDLE];
    if (step) edit([within(pleasure + step[0]), within(arousal + step[1])]);
    else if (event.key === "Delete" || event.key === "Backspace") { if (has) edit([]); }
    else if (event.key === " " || event.key === "Enter") { if (!has) edit([MIDDLE, MIDDLE]); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  clear.addEventListener("click", () => {
    edit([]);
    square.focus();
  });

  const draws = "change:value change:label change:hint change:heading change:caption change:words change:disabled";
  model.on(draws, redraw);
  redraw();
  return () => {
    model.off(draws, redraw);
    root.remove();
  };
}

export default { render };
