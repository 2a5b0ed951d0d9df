/* The page "What if": judges a record that readers tick together, by the rules of `data/rules.json`.
   The first half is the engine of hooks/fieldguide/assess.py and advise.py once more, which write that
   file; a test compares the two on every model and on random records. The second half is the page. */

const NOT_MET = 0;
const UNDETERMINED = 1;
const MET = 2;
const NO_LICENCE = "none";

const has = (object, key) => Object.hasOwn(object, key);
const fill = (text, words) => text.replace(/\{(\w+)\}/g, (_, name) => words[name]);
const lower = (text) => text.toLowerCase();

/* A record is {access, licences: {all, code, data, document}, parts: {id: {state, licence}}}. */

const stateOf = (rules, record, part) => record.parts[part]?.state ?? rules.unknown;

/* The licence that applies to a part: its own, else that of its kind, else that of all. */
export const licenceOf = (rules, record, part) =>
  record.parts[part]?.licence || record.licences[rules.parts[part].kind] || record.licences.all || null;

/* Reached and possible are places of rungs, from 0; -1 for none. */
export function assess(rules, record, id) {
  const definition = rules.definitions[id];
  const findings = definition.rungs.map((rung) => rung.requires.map((asked) => find(rules, record, asked)));
  let [reached, possible, soFar] = [-1, -1, MET];
  findings.forEach((found, rung) => {
    soFar = Math.min(soFar, ...found.map((finding) => finding.outcome));
    if (soFar === MET) reached = rung;
    if (soFar !== NOT_MET) possible = rung;
  });
  return { definition, reached, possible, findings };
}

/* Whether a rung or one above it is reached. */
export const atLeast = ({ reached, possible }, rung) =>
  reached >= rung ? MET : possible >= rung ? UNDETERMINED : NOT_MET;

const outcomeOf = (verdict) => atLeast(verdict, verdict.definition.rungs.length - 1);

function find(rules, record, asked) {
  const { reasons } = rules;
  if (asked.access) {
    const routes = Object.keys(rules.access);
    const met = routes.indexOf(record.access) >= routes.indexOf(asked.access);
    const reason = fill(reasons.access, { access: rules.access[record.access] });
    return { asked, outcome: met ? MET : NOT_MET, reason };
  }
  if (asked.definition) {
    const verdict = assess(rules, record, asked.definition);
    const outcome = outcomeOf(verdict);
    const words = { definition: verdict.definition.name, outcome: rules.outcomes[outcome].said };
    return { asked, outcome, reason: fill(reasons.definition, words) };
  }
  // Of equal ones, a part that is there says more than one that is not.
  const rank = (found) => 2 * found.outcome + asked.states.includes(stateOf(rules, record, found.part));
  const each = asked.any.map((part) => findPart(rules, record, asked, part));
  return each.reduce((best, found) => (rank(found) > rank(best) ? found : best));
}

function findPart(rules, record, asked, part) {
  const state = stateOf(rules, record, part);
  const words = { subject: rules.parts[part].subject, state: rules.states[state].said };
  const found = (outcome, reason) => ({ asked, outcome, reason: fill(rules.reasons[reason], words), part });
  if (state === rules.unknown) return found(UNDETERMINED, "unknown");
  if (!asked.states.includes(state)) return found(NOT_MET, "state");
  if (!asked.licence) return found(MET, "state");
  const key = licenceOf(rules, record, part);
  if (key === null) return found(UNDETERMINED, "licence-unknown");
  if (key === NO_LICENCE) return found(NOT_MET, "licence-none");
  const licence = rules.licences[key];
  const results = test(rules, licence, asked.licence);
  const outcome = worst(results);
  words.licence = licence.short;
  const result = found(outcome, "licence");
  const why = results.filter(([each]) => each === outcome && each !== MET).map(([, reason]) => reason);
  if (why.length) result.reason += `, ${why.join(" and ")}`;
  return result;
}

const worst = (results) => Math.min(MET, ...results.map(([outcome]) => outcome));

/* Each thing that is asked of a licence: the outcome, and a clause that says why not. */
function test(rules, licence, { approved, permits = [], without = [], doubtful = [] }) {
  const results = [];
  if (approved) {
    const met = approved.some((by) => licence.approved.includes(by));
    results.push([met ? MET : NOT_MET, rules.reasons.approved]);
  }
  for (const [kind, terms] of Object.entries({ permits, without, doubtful })) {
    for (const term of terms) {
      const answer = licence.terms[term];
      const reason = (name) => fill(rules.reasons[name], { term: rules.terms[term] });
      if (!answer || (kind === "permits" && answer === "unspecified")) results.push([UNDETERMINED, reason("silent")]);
      else if (rules.free.includes(answer)) results.push([MET, ""]);
      else results.push([kind === "doubtful" ? UNDETERMINED : NOT_MET, reason(kind)]);
    }
  }
  return results;
}

/* The smallest sets of changes that lift a record to the next rung; empty where there are none. */
export function lifts(rules, record, verdict) {
  const above = verdict.findings[verdict.reached + 1] ?? [];
  const unmet = above.filter((found) => found.outcome !== MET).map((found) => found.asked);
  const ways = unmet.map((asked) => waysTo(rules, record, asked));
  if (!unmet.length || ways.some((each) => !each.length)) return [];
  const sets = new Map();
  for (const choice of product(ways)) {
    const set = new Map(choice.flat().map((change) => [keyOf(change), change]));
    const keys = [...set.keys()].sort();
    sets.set(keys.join("\0"), keys.map((key) => set.get(key)));
  }
  const fewest = Math.min(...[...sets.values()].map((set) => set.length));
  const sorted = [...sets.keys()].sort().map((key) => sets.get(key));
  return sorted.filter((set) => set.length === fewest).slice(0, rules.most);
}

const keyOf = ({ part = "", state = "", licence = "", access = "", known = true }) =>
  [part, state, licence, access, known ? 1 : 0].join("\0");

const product = (lists) =>
  lists.reduce((made, list) => made.flatMap((head) => list.map((item) => [...head, item])), [[]]);

/* Lists of changes, each of which alone would meet one requirement. */
function waysTo(rules, record, asked) {
  if (asked.access) return [[{ access: asked.access }]];
  if (asked.definition) {
    const all = rules.definitions[asked.definition].rungs.flatMap((rung) => rung.requires);
    const unmet = all.filter((each) => find(rules, record, each).outcome !== MET);
    return product(unmet.map((each) => waysTo(rules, record, each))).map((choice) => choice.flat());
  }
  return asked.any.flatMap((part) => {
    const alone = { ...asked, any: [part] };
    const change = changeOf(rules, record, alone, part);
    return find(rules, apply(record, [change], rules), alone).outcome === MET ? [[change]] : [];
  });
}

/* What it takes for one part to meet a requirement. */
function changeOf(rules, record, asked, part) {
  const known = stateOf(rules, record, part) !== rules.unknown;
  const enough = asked.states.includes(stateOf(rules, record, part)) && known;
  const key = licenceOf(rules, record, part);
  const passes = () => has(rules.licences, key) && worst(test(rules, rules.licences[key], asked.licence)) === MET;
  return {
    part,
    state: enough ? "" : asked.states[0],
    licence: asked.licence && (known || !passes()) ? asked.fitting[part] : "",
    known: known && !(enough && key === null),
  };
}

export function apply(record, changes, rules) {
  const { access, licences, parts } = structuredClone(record);
  const made = { access, licences, parts };
  for (const change of changes) {
    if (change.access) {
      made.access = change.access;
      continue;
    }
    const old = made.parts[change.part] ?? { state: rules.unknown, licence: null };
    made.parts[change.part] = { state: change.state || old.state, licence: change.licence || old.licence };
  }
  return made;
}

/* A change as an order, such as `release the training code under …`. */
export function order(rules, { part, state, licence, access, known }) {
  if (access) return fill(rules.orders.access, { access: rules.access[access] });
  const { subject, label } = rules.parts[part];
  const under = licence ? fill(rules.orders.licence, { short: rules.licences[licence].short }) : "";
  const name = known ? (state ? "release" : "put") : state ? "show" : "show-licence";
  return fill(rules.orders[name], { subject, part: lower(label), licence: under });
}

/* Addresses: `access=weights&all=mit&released=weights_model-card*cc-by-4.0`, as exports.py has them */

const scopes = (rules) => ["all", ...Object.keys(rules.kinds)];

export function encode(rules, record) {
  const pairs = [["access", record.access]];
  for (const scope of scopes(rules)) if (record.licences[scope]) pairs.push([scope, record.licences[scope]]);
  for (const state of Object.keys(rules.states)) {
    const stated = Object.keys(rules.parts).filter((part) => record.parts[part]?.state === state);
    const words = stated.map((part) => [part, record.parts[part].licence].filter(Boolean).join("*"));
    if (words.length) pairs.push([state, words.join("_")]);
  }
  return pairs.map((pair) => pair.join("=")).join("&");
}

/* What an address says, without what the rules do not know. */
export function decode(rules, query) {
  const given = new URLSearchParams(query);
  const licence = (key) => (key === NO_LICENCE || has(rules.licences, key) ? key : null);
  const access = given.get("access");
  const record = { access: has(rules.access, access) ? access : Object.keys(rules.access)[0], licences: {}, parts: {} };
  for (const scope of scopes(rules)) record.licences[scope] = licence(given.get(scope));
  for (const state of Object.keys(rules.states)) {
    for (const word of (given.get(state) ?? "").split("_")) {
      const [part, own] = word.split("*");
      if (has(rules.parts, part)) record.parts[part] = { state, licence: licence(own) };
    }
  }
  return record;
}

/* The record as a file to contribute: complete but for what no tick can say. */
export function yaml(rules, record, contribute) {
  const source = (indent) => `${indent}evidence: [{url: "", via: primary}]  # FILL IN: where this can be read\n`;
  const known = Object.keys(rules.parts).filter((part) => stateOf(rules, record, part) !== rules.unknown);
  const stated = known.map((part) => [part, record.parts[part]]);
  const defaults = scopes(rules).filter((scope) => record.licences[scope]);
  const lines = [
    "# A record for the Open Model Field Guide, from its page “What if”.",
    "# It is complete but for what is marked FILL IN. Every fact needs the address at which it can be",
    "# read: a record without evidence is refused. Save it as data/models/<id>.yml and run `make check`.",
    `# Every field is explained at ${contribute}`,
    "name: My release  # FILL IN: as its maker calls it",
    "family: my-family  # FILL IN: an id from data/vocabulary/families.yml, or add one there",
    "developers: [my-organisation]  # FILL IN: ids from data/organisations.yml, or add one there",
    "description: What it is, and what is notable about its openness.  # FILL IN",
    "kind: {input: [text], output: [text]}  # FILL IN: what goes in and what comes out",
    `access: ${record.access}`,
  ];
  if (defaults.length) {
    const each = defaults.map((scope) => `${scope}: ${record.licences[scope]}`);
    lines.push(`licences: {${each.join(", ")}}`);
  }
  if (stated.length) lines.push("# A part that is not listed is unknown.", "parts:");
  for (const [part, { state, licence }] of stated) {
    lines.push(`  ${part}:`, `    state: ${state}`);
    if (licence) lines.push(`    licence: ${licence}`);
    if (state === "withheld") lines.push("    # Say `basis: refused` here if you keep it on purpose.");
    lines.push(source("    ").trimEnd());
  }
  const facts = ["access", ...(defaults.length || stated.some(([, { licence }]) => licence) ? ["licences"] : [])];
  lines.push("evidence:", ...facts.map((fact) => source("  ").trimEnd().replace("evidence", fact)));
  return `${lines.join("\n")}\n`;
}

/* The page */

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

const mark = ({ id, label, symbol }) =>
  element(
    "span",
    { class: `fg-outcome fg-${id}` },
    element("b", { "aria-hidden": "true" }, symbol),
    element("span", { class: "fg-hidden" }, `${label}:`),
  );

/* As `Ruling.label` has it: the rung reached, or `not determined` where that is open. */
export const labelOf = (rules, { definition, reached, possible }) =>
  definition.rungs[reached]?.label ?? (possible >= 0 ? rules.outcomes[UNDETERMINED].label : definition.below);

class Page {
  constructor(form, rules, models) {
    Object.assign(this, { form, rules, models, touched: null, told: null });
    this.status = form.querySelector("[role=status]");
    this.rulings = [...form.querySelectorAll("[data-definition]")];
    this.options();
    this.restore();
    form.addEventListener("change", (event) => this.changed(event.target));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("click", (event) => this.clicked(event.target.closest("button")));
    window.addEventListener("popstate", () => this.restore());
    form.hidden = false;
    if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  }

  field(name) {
    return this.form.elements.namedItem(name);
  }

  /* The licences in each list, by category, and the models to start from. */
  options() {
    const groups = element("select");
    for (const [category, label] of Object.entries(this.rules.categories)) {
      const inside = Object.entries(this.rules.licences).filter(([, each]) => each.category === category);
      const options = inside.map(([value, { short }]) => element("option", { value }, short));
      if (options.length) groups.append(element("optgroup", { label }, ...options));
    }
    for (const select of this.form.querySelectorAll("[data-licence]")) {
      select.append(...groups.cloneNode(true).children);
    }
    const models = Object.entries(this.models).map(([value, [name]]) => element("option", { value }, name));
    this.field("from").append(...models);
  }

  /* The form as the address says. */
  restore() {
    const given = new URLSearchParams(location.search);
    const from = given.get("from");
    this.field("from").value = has(this.models, from) ? from : "";
    const known = ["access", ...scopes(this.rules), ...Object.keys(this.rules.states)];
    this.touched = null;
    this.write(known.some((name) => given.has(name)) ? decode(this.rules, location.search) : this.start());
  }

  /* What one starts from: a model of the catalogue, or nothing. */
  start() {
    return decode(this.rules, this.models[this.field("from").value]?.[1] ?? "");
  }

  write(record) {
    this.field("access").value = record.access;
    for (const scope of scopes(this.rules)) this.field(scope).value = record.licences[scope] ?? "";
    for (const part of Object.keys(this.rules.parts)) {
      this.field(part).value = stateOf(this.rules, record, part);
      this.field(`licence-${part}`).value = record.parts[part]?.licence ?? "";
    }
    this.show();
  }

  read() {
    const record = { access: this.field("access").value, licences: {}, parts: {} };
    for (const scope of scopes(this.rules)) record.licences[scope] = this.field(scope).value || null;
    for (const part of Object.keys(this.rules.parts)) {
      const state = this.field(part).value;
      const licence = (this.out(state) && this.field(`licence-${part}`).value) || null;
      if (state !== this.rules.unknown) record.parts[part] = { state, licence };
    }
    return record;
  }

  /* Whether a part in this state has a licence to speak of. */
  out(state) {
    return state === "released" || state === "partial";
  }

  changed(control) {
    if (control.name === "from") this.write(this.start());
    // Weights that are out are a route of access.
    if (control.name === "weights" && this.out(control.value)) this.field("access").value = "weights";
    this.show();
    this.remember(control.name);
  }

  /* Puts the state into the address: one step back for each control, not for each of its values. */
  remember(touched) {
    const from = this.field("from").value;
    const own = encode(this.rules, this.read());
    const fresh = own === encode(this.rules, this.start()) ? "" : own;
    const query = [from && `from=${from}`, fresh].filter(Boolean).join("&");
    const address = location.pathname + (query && `?${query}`);
    if (touched && touched === this.touched) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
    this.touched = touched;
  }

  clicked(button) {
    if (!button) return;
    if (button.name === "reset") {
      this.write(this.start());
      this.remember(null);
    } else if (button.name === "download") {
      const text = yaml(this.rules, this.read(), new URL(this.form.dataset.contribute, location.href).href);
      const url = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
      element("a", { href: url, download: "my-release.yml" }).click();
      setTimeout(() => URL.revokeObjectURL(url), 1000);
    } else if (button.lift) {
      const details = button.closest("details");
      this.write(apply(this.read(), button.lift, this.rules));
      this.remember(null);
      details.querySelector("summary").focus();
    }
  }

  show() {
    const { rules } = this;
    const record = this.read();
    const start = this.field("from").value && this.start();
    for (const part of Object.keys(rules.parts)) {
      const select = this.field(`licence-${part}`);
      select.parentElement.hidden = !this.out(this.field(part).value);
      this.inherited(select, record.licences[rules.parts[part].kind] || record.licences.all);
    }
    for (const kind of Object.keys(rules.kinds)) this.inherited(this.field(kind), record.licences.all);
    const said = this.rulings.map((box) => this.rule(box, record, start));
    this.tell(said);
  }

  /* What it means to name no licence here. */
  inherited(select, key) {
    const short = key === NO_LICENCE ? "no licence" : this.rules.licences[key]?.short ?? "not known";
    select.options[0].textContent = `As above: ${short}`;
  }

  rule(box, record, start) {
    const { rules } = this;
    const id = box.dataset.definition;
    const verdict = assess(rules, record, id);
    const { definition, reached, possible, findings } = verdict;
    const label = labelOf(rules, verdict);
    const outcome = rules.outcomes[atLeast(verdict, definition.open)];
    const number = String(reached + 1);
    const steps = "steps" in box.dataset;
    const word = steps
      ? element("span", { class: `fg-step fg-step-${number}` }, element("b", {}, number), ` ${label}`)
      : element(
          "span",
          { class: `fg-outcome fg-${outcome.id}` },
          element("b", { "aria-hidden": "true" }, outcome.symbol),
          ` ${label}`,
        );
    const notes = [];
    if (possible > reached) notes.push(`perhaps ${definition.rungs[possible].label}, once more is known`);
    const before = start && labelOf(rules, assess(rules, start, id));
    if (start && before !== label) notes.push(`as recorded: ${before}`);
    box.querySelector("[data-outcome]").replaceChildren(word, ...notes.map((note) => element("small", {}, note)));
    const strip = this.form.querySelector(`[data-strip="${id}"]`);
    strip.className = steps ? `fg-step-${number}` : `fg-${outcome.id}`;
    strip.replaceChildren(element("b", steps ? { class: "fg-rung" } : {}, steps ? number : outcome.symbol), ` ${definition.short}`);

    const reasons = definition.rungs.flatMap((rung, place) => [
      element("p", {}, element("strong", {}, `${rung.label}.`), ` ${rung.about}`),
      element("ul", { class: "fg-list" }, ...findings[place].map((found) => this.reason(found))),
    ]);
    box.querySelector("[data-reasons]").replaceChildren(...reasons, ...this.lifting(record, verdict));
    return `${definition.short}: ${label}`;
  }

  reason({ outcome, reason, part }) {
    const text = part ? element("a", { href: `#part-${part}` }, capital(reason)) : capital(reason);
    return element("li", {}, mark(this.rules.outcomes[outcome]), " ", text);
  }

  lifting(record, verdict) {
    const sets = lifts(this.rules, record, verdict);
    if (!sets.length) return [];
    const items = sets.map((set) => {
      const words = capital(set.map((change) => order(this.rules, change)).join("; "));
      const button = element("button", { type: "button", "aria-label": `Try it: ${words}` }, "Try it");
      button.lift = set;
      return element("li", {}, `${words}. `, button);
    });
    const title = `What would lift it to “${verdict.definition.rungs[verdict.reached + 1].label}”:`;
    return [element("p", {}, element("strong", {}, title)), element("ul", {}, ...items)];
  }

  /* Says what became of the verdicts, once a reader has come to rest; nothing if all stand as before. */
  tell(said) {
    clearTimeout(this.pause);
    if (!this.told) {
      this.told = said;
      return;
    }
    this.pause = setTimeout(() => {
      const news = said.filter((line, index) => line !== this.told[index]);
      if (news.length) this.status.textContent = `${news.join(". ")}.`;
      this.told = said;
    }, 700);
  }
}

async function load(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer.json();
}

const form = document.querySelector("form.fg-whatif");
if (form) {
  Promise.all([load(form.dataset.rules), load(form.dataset.models)])
    .then(([rules, models]) => new Page(form, rules, models))
    .catch((error) => {
      document.querySelector(".fg-whatif-failed").hidden = false;
      throw error;
    });
}
