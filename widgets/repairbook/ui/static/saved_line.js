// The saved line and the form bridge behind it: the truth about what is stored is judged here, in the page,
// because only the page still knows what was typed when the kernel is gone.

const PING_EVERY = 2500, PING_SLOWLY = 10000, SLOW_AFTER = 60000;
const PATIENCE = 7000, BUSY_PATIENCE = 20000;
const TICK = 500, ASLEEP = 3000, LATE_AFTER = 3000, MIRROR_WITHIN = 100, RESEND_AFTER = 1500;
// After an answer is stored, an acknowledgement of an earlier letter may still be under way.
const GRACE = 5000;
const TRAIL = 1000;
const TYPED_IN = new Set(["textarea", "input"]);
const TYPED = new Set(["text", "search", "tel", "url", "email", "number", "date", "time", "datetime-local"]);

// ---- fingerprint: the twin of ui/fingerprint.py ----

const encoder = new TextEncoder();

export function fingerprint(value) {
  const bytes = encoder.encode(canonical(value));
  let mark = 0x811c9dc5;
  for (const byte of bytes) mark = Math.imul(mark ^ byte, 0x01000193);
  return `${(mark >>> 0).toString(16).padStart(8, "0")}:${bytes.length}`;
}

function canonical(value) {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? plain(value) : json(value);
}

function plain(text) {
  return text.replace(/\p{Surrogate}/gu, "\ufffd").replace(/\r\n?/g, "\n");
}

function json(value) {
  if (value === null || value === undefined) return "null";
  if (typeof value === "string") return JSON.stringify(plain(value));
  if (Array.isArray(value)) return `[${value.map(json).join(",")}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  const rows = Object.entries(value).map(([key, item]) => [plain(key), item]);
  rows.sort((a, b) => byCodePoint(a[0], b[0]));
  return `{${rows.map(([key, item]) => `${JSON.stringify(key)}:${json(item)}`).join(",")}}`;
}

// Python sorts by code point; JavaScript's own order differs beyond U+FFFF.
function byCodePoint(a, b) {
  const left = [...a], right = [...b];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    if (left[i] !== right[i]) return left[i].codePointAt(0) - right[i].codePointAt(0);
  }
  return left.length - right.length;
}

function isEmpty(value) {
  if (value === null || value === undefined || value === "" || value === 0) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

// ---- ledger: what was typed, against what is known to be stored ----

export class Ledger {
  constructor() {
    this.entries = new Map();
    this.acked = {};
  }

  edit(key, value, now) {
    let entry = this.entries.get(key);
    if (!entry) {
      entry = { base: this.acked[key] ?? "", trail: new Set(), since: now };
      this.entries.set(key, entry);
    }
    if (entry.settled) entry.since = now;
    entry.value = value;
    entry.print = fingerprint(value);
    entry.editedAt = now;
    if (entry.trail.size < TRAIL) {
      entry.trail.delete(entry.print);
      entry.trail.add(entry.print);
    }
    entry.settled = this.matches(key, entry);
    entry.backByHand = entry.settled;
  }

  acknowledge(acked, now) {
    this.acked = acked ?? {};
    for (const [key, entry] of this.entries) {
      this.rebase(key, entry, now);
      const settled = this.matches(key, entry);
      // Edited back by hand while an earlier letter was under way: that letter has now arrived.
      if (entry.settled && !settled) entry.since = now;
      if (settled && !entry.settled) entry.backByHand = false;
      entry.settled = settled;
    }
  }

  // A stored value that was on this page is one the text was built on; any other came from elsewhere.
  rebase(key, entry, now) {
    const stored = this.acked[key] ?? "";
    if (stored === entry.base || !entry.trail.has(stored)) return;
    const trail = [...entry.trail];
    entry.trail = new Set(trail.slice(trail.indexOf(stored)));
    entry.base = stored;
    entry.since = now;
  }

  matches(key, entry) {
    const stored = this.acked[key];
    if (stored === entry.print) return true;
    return isEmpty(entry.value) && (stored === undefined || stored === fingerprint(""));
  }

  // What an earlier page of this tab left behind; letters typed since then are never overwritten by it.
  restore(kept, now) {
    for (const [key, { value, base, trail, earlier }] of Object.entries(kept)) {
      const entry = this.entries.get(key);
      if (!entry) {
        const print = fingerprint(value);
        this.entries.set(key, {
          value, print, base, earlier, trail: new Set([...trail, print]), since: now, editedAt: now, restored: true,
        });
      } else if (!entry.trail.has(fingerprint(value))) {
        Object.assign(entry, { earlier: value, restored: true });
      }
    }
    this.acknowledge(this.acked, now);
  }

  // Only where nothing newer is stored or typed: everything else is for the person to choose.
  mayFill(key, shown) {
    const entry = this.entries.get(key);
    if (!entry?.restored || entry.settled || entry.earlier !== undefined || typeof entry.value !== "string") return false;
    const stored = this.acked[key] ?? fingerprint("");
    return fingerprint(shown) === stored && (entry.base || fingerprint("")) === stored;
  }

  unsettled() {
    return [...this.entries].filter(([, entry]) => !entry.settled);
  }

  fields(wanted) {
    return Object.fromEntries(this.unsettled().filter(([, entry]) => wanted(entry)).map(([key, entry]) => {
      const { value, base, earlier } = entry;
      return [key, earlier === undefined ? { value, base } : { value, base, earlier }];
    }));
  }

  forget(keys) {
    for (const key of keys) this.entries.delete(key);
  }

  // Forget what has been stored for long enough; answers with the keys that left.
  sweep(now) {
    const old = [...this.entries].filter(([, entry]) => entry.settled && now - entry.editedAt >= GRACE);
    this.forget(old.map(([key]) => key));
    return old.map(([key]) => key);
  }

  kept(key) {
    const entry = this.entries.get(key);
    if (!entry || (entry.settled && !entry.backByHand)) return undefined;
    return { value: entry.value, base: entry.base, trail: [...entry.trail], earlier: entry.earlier };
  }
}

// ---- keep: this tab's own storage ----

export class Keep {
  constructor(ledger) {
    this.ledger = ledger;
    this.scope = "";
    this.touched = new Set();
    this.ok = true;
  }

  touch(keys) {
    for (const key of keys) this.touched.add(key);
    if (this.touched.size && this.scope && !this.timer) this.timer = setTimeout(() => this.flush(), MIRROR_WITHIN);
  }

  flush() {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.scope || !this.touched.size) return;
    const all = this.read();
    for (const key of this.touched) {
      const entry = this.ledger.kept(key);
      if (entry) all[key] = entry;
      else delete all[key];
    }
    this.ok = this.write(all) || this.write(withoutTrails(all));
    if (this.ok) this.touched.clear();
  }

  read() {
    try {
      const all = JSON.parse(sessionStorage.getItem(`rb:${this.scope}`) ?? "{}");
      return Object.fromEntries(Object.entries(all ?? {}).filter(([, entry]) => wellFormed(entry)));
    } catch {
      return {};
    }
  }

  write(all) {
    try {
      if (Object.keys(all).length) sessionStorage.setItem(`rb:${this.scope}`, JSON.stringify(all));
      else sessionStorage.removeItem(`rb:${this.scope}`);
      return true;
    } catch {
      return false;
    }
  }
}

function wellFormed(entry) {
  return entry !== null && typeof entry === "object" && "value" in entry
    && typeof entry.base === "string" && Array.isArray(entry.trail);
}

function withoutTrails(all) {
  return Object.fromEntries(Object.entries(all).map(([key, entry]) => [key, { ...entry, trail: [] }]));
}

// ---- pulse: is somebody there to save? ----

class Pulse {
  constructor(send, kernel) {
    this.send = send;
    this.kernel = kernel;
    this.n = 0;
    this.lost = false;
    this.restart(performance.now());
  }

  restart(now) {
    this.heard = this.tickedAt = now;
    this.ping(now);
  }

  ping(now) {
    this.pingedAt = now;
    if (document.hidden) return;
    this.n += 1;
    this.send({ type: "ping", n: this.n });
  }

  pong(now) {
    const back = this.lost;
    this.heard = now;
    this.lost = false;
    return back;
  }

  die(now) {
    this.lostAt = this.lost ? this.lostAt : now;
    this.lost = true;
  }

  tick(now) {
    // A laptop that slept is not a kernel that died.
    if (now - this.tickedAt > ASLEEP) return this.restart(now);
    this.tickedAt = now;
    const every = this.lost && now - this.lostAt > SLOW_AFTER ? PING_SLOWLY : PING_EVERY;
    if (now - this.pingedAt >= every) this.ping(now);
    if (!this.lost && now - this.heard >= this.patience()) this.die(now);
  }

  // A kernel that says it is at work may take longer; if it dies at work, the server says so at once.
  patience() {
    const kernel = this.kernel();
    const atWork = kernel?.status === "busy" && kernel?.connectionStatus === "connected";
    return atWork ? BUSY_PATIENCE : PATIENCE;
  }
}

// ---- the line itself ----

class SavedLine {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.words = model.get("words") ?? {};
    this.ledger = new Ledger();
    this.keep = new Keep(this.ledger);
    this.pulse = new Pulse((message) => this.send(message), () => this.kernel());
    this.stop = new AbortController();
    this.build();
    this.listen();
    this.rescope();
  }

  send(message) {
    try {
      this.model.send(message);
    } catch {
      // The pulse notices.
    }
  }

  kernel() {
    try {
      return this.model.widget_manager.kernel ?? undefined;
    } catch {
      return undefined;
    }
  }

  build() {
    this.root = element("div", "rb-w rb-saved-line");
    this.text = element("span", "rb-saved-text");
    this.text.setAttribute("role", "status");
    this.root.append(this.text);
    this.el.classList.add("rb-saved-box");
    this.el.append(this.root);
  }

  listen() {
    const { signal } = this.stop;
    const document_ = { capture: true, signal };
    document.addEventListener("rb-edit", (event) => this.hearEdit(event), document_);
    document.addEventListener("input", (event) => this.hearInput(event), document_);
    document.addEventListener("visibilitychange", () => this.turn(), { signal });
    document.addEventListener("focusin", (event) => this.fill(event.composedPath()[0]), document_);
    window.addEventListener("pagehide", () => this.leave(), { signal });
    // Before the page itself lets go of the kernel on the same event.
    window.addEventListener("beforeunload", (event) => this.hold(event), document_);
    this.model.on("change:scope", () => this.rescope());
    this.model.on("change:acked", () => this.hearStored());
    this.model.on("change:saved_at change:state change:sentence", () => this.draw());
    this.model.on("change:words", () => { this.words = this.model.get("words"); this.draw(); });
    this.model.on("msg:custom", (message) => this.hearMessage(message));
    this.onStatus = (_, status) => {
      if (["autorestarting", "restarting", "dead", "terminating"].includes(status)) this.die();
    };
    this.watched = this.kernel();
    this.watched?.statusChanged?.connect?.(this.onStatus);
    this.timer = setInterval(() => this.tick(), TICK);
  }

  // -- what is typed

  mine(target) {
    // What lies beside the record, such as a score being typed, is kept by its own button.
    if (target.closest(".rb-apart")) return false;
    const page = this.root.closest(".rb-page");
    return page ? target.closest(".rb-page") === page : !target.closest(".rb-page");
  }

  hearEdit(event) {
    const target = event.composedPath()[0];
    const key = event.detail?.key;
    if (!(target instanceof Element) || typeof key !== "string" || !key || !this.mine(target)) return;
    this.edit(key, structuredClone(event.detail.value));
  }

  hearInput(event) {
    const target = event.composedPath()[0];
    const key = this.keyOf(target);
    if (!key) return;
    if (target.type === "checkbox") this.edit(key, target.checked);
    else if (target.localName === "textarea" || TYPED.has(target.type)) this.edit(key, target.value);
  }

  keyOf(target) {
    if (!(target instanceof Element) || target.disabled || target.readOnly) return undefined;
    if (target.closest(".rb-w") || !this.mine(target)) return undefined;
    const box = target.closest('[class*="rb-key-"]');
    return [...(box?.classList ?? [])].find((name) => name.startsWith("rb-key-"))?.slice(7);
  }

  edit(key, value) {
    this.ledger.edit(key, value, performance.now());
    this.keep.touch([key]);
    this.draw();
  }

  // A box of words shows what the tab kept before anybody can type on over the older text.
  fill(target) {
    const key = this.keyOf(target);
    if (!key || !TYPED_IN.has(target.localName) || !this.ledger.mayFill(key, target.value)) return;
    target.value = this.ledger.entries.get(key).value;
    target.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // -- what the kernel says

  rescope() {
    const now = performance.now();
    const scope = this.model.get("scope") ?? "";
    if (this.keep.scope && scope !== this.keep.scope) {
      this.keep.flush();
      this.ledger.forget([...this.ledger.entries.keys()]);
      this.keep.touched.clear();
    }
    this.keep.scope = scope;
    this.ledger.acknowledge(this.model.get("acked"), now);
    if (scope) this.recover(now);
    this.draw();
  }

  recover(now) {
    const kept = this.keep.read();
    this.ledger.restore(kept, now);
    this.keep.touch([...Object.keys(kept), ...this.ledger.entries.keys()]);
    const page = this.root.closest(".rb-page") ?? document;
    for (const box of page.querySelectorAll('[class*="rb-key-"] :is(textarea, input)')) this.fill(box);
    this.offer((entry) => entry.restored);
  }

  offer(wanted) {
    const fields = this.ledger.fields(wanted);
    if (Object.keys(fields).length) this.send({ type: "recover", fields });
  }

  hearStored() {
    this.ledger.acknowledge(this.model.get("acked"), performance.now());
    this.keep.touch(this.ledger.entries.keys());
    this.draw();
  }

  hearMessage(message) {
    if (message?.type === "pong" && this.pulse.pong(performance.now())) this.comeBack();
    if (message?.type === "settle" && Array.isArray(message.keys)) {
      this.ledger.forget(message.keys);
      this.keep.touch(message.keys);
      this.draw();
    }
  }

  comeBack() {
    this.draw();
    // What was sent while nobody answered may have been lost on the way.
    this.again = setTimeout(() => {
      const state = this.model.get("state");
      if (!this.pulse.lost && (state === "saved" || state === "new")) this.offer(() => true);
    }, RESEND_AFTER);
  }

  // -- time

  tick() {
    if (document.hidden) return;
    const now = performance.now();
    this.pulse.tick(now);
    this.keep.touch(this.ledger.sweep(now));
    this.draw();
  }

  turn() {
    if (document.hidden) this.leave();
    else this.pulse.restart(performance.now());
  }

  die() {
    this.pulse.die(performance.now());
    this.draw();
  }

  // The page may be gone in a moment: what is not stored goes now, past the queue that typing waits in.
  leave() {
    this.keep.flush();
    if (this.pulse.lost) return;
    const fields = this.ledger.fields(() => true);
    if (Object.keys(fields).length) this.send({ type: "leaving", fields });
  }

  hold(event) {
    this.leave();
    const leaving = this.reloading && this.keep.ok;
    if (!this.pulse.lost || !this.ledger.unsettled().length || leaving) return;
    event.preventDefault();
    event.returnValue = "";
  }

  // -- what is shown

  draw() {
    const [state, sentence] = this.judge();
    const calm = ["new", "saved", "saving"].includes(state);
    if (this.root.dataset.state !== state) {
      this.root.dataset.state = state;
      this.text.setAttribute("aria-live", calm ? "off" : "polite");
    }
    if (this.text.textContent !== sentence) this.text.textContent = sentence;
    this.alarm();
  }

  judge() {
    const words = this.words, state = this.model.get("state");
    const pending = this.ledger.unsettled();
    if (state === "closed") return pending.length ? ["trouble", words.closed_late] : ["closed", words.closed];
    if (state === "trouble" || state === "conflict") return [state, this.model.get("sentence") || words[state]];
    if (!pending.length) return state === "saved" ? ["saved", this.saved()] : ["new", words.new];
    const since = Math.min(...pending.map(([, entry]) => entry.since));
    if (!this.pulse.lost && performance.now() - since < LATE_AFTER) return ["saving", words.saving];
    return ["late", this.kept() ? words.late : words.late_open];
  }

  kept() {
    return this.keep.ok && Boolean(this.keep.scope);
  }

  saved() {
    const at = new Date(this.model.get("saved_at"));
    if (Number.isNaN(at.getTime())) return this.words.saved.replace("{time}", "").trim();
    const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    if (at.toDateString() !== new Date().toDateString()) Object.assign(options, { day: "numeric", month: "short" });
    const lang = document.documentElement.lang;
    return this.words.saved.replace("{time}", at.toLocaleString(lang && lang !== "en" ? lang : "en-GB", options));
  }

  alarm() {
    if (!this.pulse.lost) return this.lower();
    if (!this.bar) this.raise();
    const safe = this.kept() || !this.ledger.unsettled().length;
    const sentence = safe ? this.words.lost : this.words.lost_open;
    if (this.barText.textContent !== sentence) this.barText.textContent = sentence;
  }

  // On the body, because a notebook's own boxes would hold a fixed bar inside themselves.
  raise() {
    this.bar = element("div", "rb-w rb-tokens rb-lost");
    this.bar.setAttribute("role", "alert");
    this.barText = element("p", "rb-lost-text");
    const reload = element("button", "rb-lost-reload");
    reload.type = "button";
    reload.textContent = this.words.reload;
    reload.addEventListener("click", () => { this.reloading = true; location.reload(); });
    document.body.append(this.bar);
    this.bar.append(this.barText, reload);
    this.room = new ResizeObserver(() => {
      document.body.style.setProperty("--rb-lost-height", `${this.bar?.offsetHeight ?? 0}px`);
    });
    this.room.observe(this.bar);
  }

  lower() {
    this.room?.disconnect();
    this.bar?.remove();
    this.bar = undefined;
  }

  destroy() {
    clearInterval(this.timer);
    clearTimeout(this.again);
    this.keep.flush();
    this.stop.abort();
    this.watched?.statusChanged?.disconnect?.(this.onStatus);
    this.lower();
    this.root.remove();
  }
}

function element(tag, classes) {
  return Object.assign(document.createElement(tag), { className: classes });
}

export default {
  render({ model, el }) {
    const line = new SavedLine(model, el);
    return () => line.destroy();
  },
};
