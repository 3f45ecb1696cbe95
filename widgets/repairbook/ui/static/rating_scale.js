// Rating scale: arrows only move; Space, Enter or a tap rates; the same again, or "Clear", takes it back.

const make = (tag, className, text) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
};

function render({ model, el }) {
  const id = `rb-rating-${Math.random().toString(36).slice(2)}`; // each widget loads this module anew: no shared counter
  const get = (name) => model.get(name);

  const root = make("div", "rb-w rb-rating-scale");
  // In JupyterLab a "d" pressed twice deletes the cell, unless the focused element itself says no.
  root.addEventListener("focusin", ({ target }) => { target.dataset.lmSuppressShortcuts = "true"; });
  const ask = make("div", "rb-rating-scale-ask");
  const answer = make("div", "rb-rating-scale-answer");
  const row = make("div", "rb-rating-scale-row");
  const ends = make("div", "rb-rating-scale-ends");
  const lowEnd = make("span");
  const highEnd = make("span");
  const clear = make("button", "rb-rating-scale-clear");
  const hint = make("p");
  clear.type = "button";
  hint.id = `${id}-hint`;
  row.setAttribute("role", "radiogroup");
  lowEnd.setAttribute("aria-hidden", "true"); // both are said with the lowest and the highest number
  highEnd.setAttribute("aria-hidden", "true");
  ends.append(lowEnd, clear, highEnd);
  answer.append(row, ends);
  root.append(ask, answer);
  el.append(root);

  let buttons = [];
  const low = () => get("low");

  const rate = (value) => {
    if (get("disabled")) return;
    model.set("value", value);
    root.dispatchEvent(
      new CustomEvent("rb-edit", { bubbles: true, composed: true, detail: { key: get("key"), value } }),
    );
    model.save_changes();
  };

  const build = () => {
    const heading = make(get("heading") ? "h2" : "div", "", get("label"));
    hint.textContent = get("hint");
    ask.replaceChildren(heading, ...(get("hint") ? [hint] : []));
    ask.hidden = !get("label") && !get("hint");
    row.setAttribute("aria-label", get("label"));
    if (get("hint")) row.setAttribute("aria-describedby", hint.id);
    else row.removeAttribute("aria-describedby");
    buttons = Array.from({ length: get("high") - low() + 1 }, (_, n) => {
      const number = low() + n;
      const button = make("button", "", String(number));
      const end = number === low() ? get("low_label") : number === get("high") ? get("high_label") : "";
      button.type = "button";
      button.setAttribute("role", "radio");
      if (end) button.setAttribute("aria-label", `${number}, ${end}`);
      button.addEventListener("click", () => rate(get("value") === number ? 0 : number));
      return button;
    });
    row.replaceChildren(...buttons);
    lowEnd.textContent = get("low_label");
    highEnd.textContent = get("high_label");
    draw();
  };

  const draw = () => {
    const value = get("value");
    const held = buttons.indexOf(document.activeElement);
    const stop = held >= 0 ? held : Math.max(0, value - low());
    buttons.forEach((button, n) => {
      button.setAttribute("aria-checked", String(value === low() + n));
      button.setAttribute("aria-disabled", String(get("disabled")));
      button.tabIndex = n === stop ? 0 : -1;
    });
    clear.textContent = get("words").clear;
    clear.setAttribute("aria-label", `${get("words").clear}: ${get("label")}`);
    clear.style.visibility = value && !get("disabled") ? "visible" : "hidden"; // keeps its place: nothing jumps
  };

  row.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = buttons.indexOf(event.target);
    if (at < 0 || (!step && event.key !== "Home" && event.key !== "End")) return;
    event.preventDefault();
    event.stopPropagation();
    const last = buttons.length - 1;
    buttons[step ? Math.min(last, Math.max(0, at + step)) : event.key === "Home" ? 0 : last].focus();
  });
  row.addEventListener("focusin", draw);
  clear.addEventListener("click", () => {
    rate(0);
    buttons[0].focus();
  });

  const rebuilds = "change:low change:high change:low_label change:high_label change:label change:hint change:heading";
  const draws = "change:value change:disabled change:words";
  model.on(rebuilds, build);
  model.on(draws, draw);
  build();
  return () => {
    model.off(rebuilds, build);
    model.off(draws, draw);
    root.remove();
  };
}

export default { render };
