/* Says on a model's page what fits the reader's machine: the rows of the weights get a verdict and the sum.
   Sizes stand in the table's head (parameters, bytes of cache for one token, longest text; 0 where not known),
   bits in its rows; machines and words come from machines.json (hooks/fieldguide/memory.py has the same sums).
   The choice stands in the address; this browser keeps it for the pages of other models. */
const form = document.querySelector("[data-fit]");
const table = document.querySelector(".fg-fits");
const { machine: machines, memory, tokens } = form.elements;
const status = form.querySelector("[role=status]");
const KEPT = "fieldguide.machine", NAMES = ["machine", "memory", "tokens"], GB = 1e9;
const MARKS = { fits: "fg-met", barely: "fg-undetermined", not: "fg-not-met" };
const USUAL = tokens.value;

const heads = [...table.querySelectorAll("[data-size]")];
const sizes = heads.map((head) => head.dataset.size.split(",").map(Number));
const rows = [...table.querySelectorAll("[data-bits]")].map((row) => ({
  label: row.cells[0].textContent.replace(/^.*?, /, "").replace(/ \(.*/, ""),
  bits: Number(row.dataset.bits),
  cells: [...row.cells].slice(1).map((cell) => [cell, cell.textContent]),
}));
const make = (tag, properties, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};
const short = (bytes) => {
  const number = bytes / GB;
  return number >= 10 ? Math.round(number).toLocaleString("en") : number >= 0.1 ? number.toFixed(1) : "under 0.1";
};

const run = ({ shortest, fits: words, kinds }) => {
  const known = new Map(kinds.flatMap(({ label, spare, machines: each }) =>
    each.map(([id, name, gigabytes]) => [id, { kind: label, spare, name: name ? `${name}, ${gigabytes} GB` : `${gigabytes} GB`, gigabytes }])));
  const plain = kinds.at(-1).spare;
  for (const kind of kinds) {
    machines.append(make("optgroup", { label: kind.label },
      ...kind.machines.map(([id]) => new Option(known.get(id).name, id))));
  }

  /** The verdict on one size, stored in so many bits, in words and as a sum. */
  const judge = ([parameters, each, context], bits, { gigabytes, spare }, length) => {
    if (context && length > context && length > shortest) return { word: "too-long" };
    const weights = (parameters * bits) / 8;
    const cache = each * Math.min(length, context || length);
    const need = weights + cache;
    const word = need > gigabytes * GB ? "not" : need > gigabytes * GB * (1 - spare / 100) ? "barely" : "fits";
    const sum = each ? `${short(weights)} + ${short(cache)} = ${short(need)} GB` : `${short(weights)} GB, cache not known`;
    return { word, sum };
  };
  const chosen = () => known.get(machines.value)
    ?? (memory.value > 0 ? { name: `${memory.value} GB`, gigabytes: Number(memory.value), spare: plain } : null);
  const show = () => {
    const machine = chosen();
    const length = tokens.value > 0 ? Number(tokens.value) : Number(USUAL);
    const best = sizes.map(() => null);
    for (const { label, bits, cells } of rows) {
      for (const [place, [cell, text]] of cells.entries()) {
        if (!machine) {
          cell.textContent = text;
          continue;
        }
        const { word, sum } = judge(sizes[place], bits, machine, length);
        const [symbol, said] = words[word];
        cell.replaceChildren(make("span", { className: `fg-outcome ${MARKS[word] ?? "fg-none"}` },
          Object.assign(make("b", {}, symbol), { ariaHidden: "true" }), ` ${said}`), make("small", {}, sum ?? text));
        if (word === "fits" || word === "barely") best[place] ??= word === "fits" ? label : `${label}, barely`;
        else if (word === "too-long") best[place] = said;
      }
    }
    if (!machine) {
      status.textContent = "Choose a machine, or give its memory, to see what fits.";
      return;
    }
    const found = heads.map((head, place) => `${head.textContent}: ${best[place] ?? words.not[1]}`).join("; ");
    const list = make("a", { href: `${form.dataset.list}?memory=${machine.gigabytes}` }, `All models that fit in ${machine.gigabytes} GB`);
    status.replaceChildren(`${machine.name}, text of ${length.toLocaleString("en")} tokens. The most precise that fits: ${found}. `, list);
  };

  const keep = () => {
    const url = new URL(location.href);
    for (const name of NAMES) {
      const { value } = form.elements[name];
      const told = name === "tokens" ? value !== USUAL && value > 0 : value && !(name === "memory" && machines.value);
      if (told) url.searchParams.set(name, value);
      else url.searchParams.delete(name);
    }
    if (url.href !== location.href) history.replaceState(history.state, "", url);
    try {
      localStorage.setItem(KEPT, url.search);
    } catch { /* A browser may keep nothing. */ }
  };
  const read = () => {
    let asked = new URLSearchParams(location.search);
    try {
      if (!NAMES.some((name) => asked.has(name))) asked = new URLSearchParams(localStorage.getItem(KEPT) ?? "");
    } catch { /* The same. */ }
    machines.value = known.has(asked.get("machine")) ? asked.get("machine") : "";
    memory.value = known.get(machines.value)?.gigabytes ?? (asked.get("memory") > 0 ? asked.get("memory") : "");
    tokens.value = asked.get("tokens") > 0 ? asked.get("tokens") : USUAL;
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    if (event.target === machines) memory.value = known.get(machines.value)?.gigabytes ?? "";
    if (event.target === memory) machines.value = "";
    show();
    keep();
  });
  for (const name of NAMES) form.elements[name].disabled = false;
  read();
  show();
};

fetch(form.dataset.fit)
  .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))))
  .then(run, () => { status.textContent = "The list of machines could not be loaded; the table below holds all the same."; });
