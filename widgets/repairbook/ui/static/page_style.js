// Brings page.css along, keeps the record's id in the address, and moves the focus where Python asks.

const PATIENCE = 3000, EVERY = 60;
const FIRST = [
  "textarea:not([disabled])",
  "input:not([disabled]):not([type=hidden])",
  "select:not([disabled])",
  '[tabindex="0"]',
  "button:not([disabled])",
];

function putRecord(record, changed) {
  if (!location.pathname.includes("/voila/render/")) return;
  const address = new URL(location.href);
  if (record) address.searchParams.set("record", record);
  else if (changed) address.searchParams.delete("record");
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}

function firstControl(box) {
  for (const kind of FIRST) {
    const found = [...box.querySelectorAll(kind)].find((control) => control.getClientRects().length);
    if (found) return found;
  }
  return box.matches(FIRST.join()) ? box : undefined;
}

function reach(root, key) {
  const page = root.closest(".rb-page") ?? document;
  const boxes = [...page.querySelectorAll(`.rb-key-${CSS.escape(key)}`)];
  const control = boxes.map(firstControl).find(Boolean);
  if (!control) return false;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  control.focus({ preventScroll: true });
  control.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  return document.activeElement === control;
}

export default {
  render({ model, el }) {
    const root = Object.assign(document.createElement("div"), { className: "rb-w rb-page-style", hidden: true });
    el.classList.add("rb-unseen");
    el.append(root);
    if (document.body.dataset.voila) document.body.classList.add("rb-tokens", "rb-voila");
    let timer;

    function focus() {
      clearInterval(timer);
      const key = (model.get("focus") ?? "").replace(/#\d+$/, "");
      if (!key || reach(root, key)) return;
      // The field may still be on its way to the page; but a person who has gone elsewhere is not pulled back.
      const until = performance.now() + PATIENCE, before = document.activeElement;
      timer = setInterval(() => {
        const now = document.activeElement;
        const elsewhere = now !== before && now?.matches("input, textarea, select");
        if (elsewhere || performance.now() > until || reach(root, key)) clearInterval(timer);
      }, EVERY);
    }

    putRecord(model.get("record"), false);
    model.on("change:record", () => putRecord(model.get("record"), true));
    model.on("change:focus", focus);
    model.on("change:printed", () => print());
    focus();
    return () => clearInterval(timer);
  },
};
