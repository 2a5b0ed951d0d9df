/* Makes a whole list of the guide an instrument: search, facets with counts, order, columns, download.
   The page has the complete table and the form; this script only shows, hides and moves the rows.
   Facets, columns and their words come from catalogue.json (hooks/fieldguide/catalogues.py). All that
   the reader chose stands in the address: a link or a reload restores it, and Back undoes a choice. */
(() => {
  "use strict";

  const box = document.querySelector("[data-catalogue]");
  if (!box) return;
  const FRAME = 4; // Milliseconds of one frame for showing and hiding rows; drawing them takes more.
  const LOW = 24, LINE = 18; // No row is lower, in pixels, and on a phone no line of a card.
  const PAUSE = 300; // Milliseconds without a key, before the address follows.
  const ORDER = "sort", WITHOUT = "hide", TEXT = "filter"; // Beside the keys of facets.
  const UNKNOWN = "unknown"; // The key of values that sort last, whichever way.
  const GB = 1e9;

  const what = box.dataset.filter;
  const form = box.querySelector(".fg-controls");
  const field = form.elements.namedItem(TEXT);
  const narrow = form.querySelector(".fg-narrow");
  const buttons = [...form.querySelectorAll(".fg-bar button")];
  const panel = form.querySelector(".fg-panel");
  const status = form.querySelector("[role=status]");
  const chips = form.querySelector(".fg-chosen");
  const table = box.querySelector("table");
  const region = table.parentNode;
  const heads = new Map([...table.querySelectorAll("[data-key]")].map((head) => [head.dataset.key, head]));
  const bodies = [...table.tBodies];
  const rows = [...table.querySelectorAll("tbody tr:not(.fg-group)")];
  const grouped = Boolean(table.querySelector("tr.fg-group"));
  const ids = rows.map((row) => new URL(row.querySelector("a").href).pathname.split("/").at(-2));
  const number = rows.length;

  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  // As in compare.js: a file that both share would cost each page a request, for less than these lines.
  const make = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name in made) made[name] = value;
      else made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
  };

  /** What a reader sees of a cell, without the marks beside its words. */
  const said = (cell) => {
    let from = cell;
    if (cell.querySelector("[aria-hidden]")) {
      from = cell.cloneNode(true);
      for (const mark of from.querySelectorAll("[aria-hidden]")) mark.remove();
    }
    const text = from.textContent.replace(/\s+/g, " ").trim();
    return cell.tagName === "TD" ? text.replace(/^[^\p{L}\p{N}]\s/u, "") : text;
  };
  const blank = (cell) => cell.classList.contains("fg-none") || cell.querySelector(":scope > .fg-none");

  const searched = [...heads.values()].filter((head) => "found" in head.dataset).map((head) => head.cellIndex);
  let texts = rows.map((row) => plain(searched.map((place) => row.cells[place].textContent).join(" ")));

  // State, and what follows from it

  let groups = [], facets = [], columns = [];
  let sorting = null; // {column, down}
  let without = new Set();
  let opened = -1;
  let order = rows.map((_, index) => index);
  const own = rows.map((row) => bodies.indexOf(row.parentNode)); // The body of a row on the page.
  let parts = bodies.map((_, body) => order.filter((index) => own[index] === body)); // As they stand.
  const fails = new Uint8Array(number); // How many facets a row fails…
  const blame = new Uint8Array(number); // …and the last of them, by its place among the active ones.
  const fits = new Uint8Array(number).fill(1); // Whether the words are in it.
  const want = new Uint8Array(number).fill(1); // Fits, and fails nothing; 2 if by its weights alone.
  const shown = new Uint8Array(number).fill(1);
  let left = number; // How many are wanted…
  let alone = 0; // …and how many of them by their weights alone.

  const active = () => facets.filter((facet) => facet.chosen.length);
  const passes = (facet, index) => (facet.kind === "memory"
    ? facet.least[index] <= facet.chosen[0] * GB
    : facet.has[index].some((place) => facet.chosen.includes(place)));

  /** The memory that a row's most modest size needs, and the most modest whose cache is known. */
  const measure = (facet) => {
    const [bits, tokens] = facet.settings.map(({ values, at }) => values[at][2]);
    const shortest = Math.min(...facet.settings[1].values.map(([, , one]) => one || Infinity));
    for (let index = 0; index < number; index += 1) {
      let least = Infinity, sure = Infinity;
      for (const [parameters, each, context] of facet.has[index]) {
        if (context && tokens > context && tokens > shortest) continue;
        const need = (parameters * bits) / 8 + each * Math.min(tokens, context || tokens);
        least = Math.min(least, need);
        if (each || !tokens) sure = Math.min(sure, need);
      }
      facet.least[index] = least;
      facet.sure[index] = sure;
    }
  };

  const judge = () => {
    fails.fill(0);
    for (const [place, facet] of active().entries()) {
      for (let index = 0; index < number; index += 1) {
        if (passes(facet, index)) continue;
        fails[index] += 1;
        blame[index] = place;
      }
    }
  };
  let told = ""; // The words by which rows were told apart last.
  const match = () => {
    const asked = plain(field.value);
    const words = asked.split(/\s+/).filter(Boolean);
    // A letter more lets no other row in, a letter less takes none out.
    const [fewer, more] = [asked.startsWith(told), told.startsWith(asked)];
    told = asked;
    const memory = facets.find((facet) => facet.kind === "memory" && facet.chosen.length);
    left = 0;
    alone = 0;
    for (let index = 0; index < number; index += 1) {
      if (fits[index] ? !more : !fewer) fits[index] = words.every((word) => texts[index].includes(word));
      want[index] = fails[index] ? 0 : fits[index];
      left += want[index];
      if (memory && want[index] && memory.sure[index] > memory.chosen[0] * GB) {
        want[index] = 2;
        alone += 1;
      }
    }
  };

  // The table

  let frame = 0, rest = 0;
  let finish = () => {}; // Does at once what is left to follow.
  /** Takes out what does not fit. A class, for the theme has rules about `hidden` and what is near it: with
      thousands of rows the browser would look for those at every key. */
  const put = (element, out) => element.classList.toggle("fg-out", out);
  /** Shows the rows that are wanted: at once as many as may be in sight, the rest a part after each frame.
      Till then what is far below stays as it was. If little is wanted, the first step goes to the end; if
      nothing is, the whole table is out of sight until its rows have followed. */
  const apply = () => {
    cancelAnimationFrame(frame);
    clearTimeout(rest);
    let body = 0;
    const step = (end, enough) => {
      for (; body < bodies.length && enough > 0 && performance.now() < end; body += 1) {
        const fit = parts[body].filter((index) => want[index]).length;
        if (fit) turn(parts[body]);
        put(bodies[body], !fit);
        enough -= fit;
      }
      const busy = body < bodies.length;
      // After the frame, not in it: what the key did is drawn first.
      if (busy) frame = requestAnimationFrame(() => { rest = setTimeout(later); });
      else {
        put(region, false);
        if (settled) settle();
      }
      table.setAttribute("aria-busy", busy);
    };
    const later = () => step(performance.now() + FRAME, Infinity);
    finish = () => {
      cancelAnimationFrame(frame);
      clearTimeout(rest);
      step(Infinity, Infinity);
    };
    // Asked for first: the browser would have to lay out what has changed.
    const cards = !wide.matches && table.classList.contains("fg-cards");
    const sight = (scrollY + innerHeight) / (cards ? LINE * (heads.size - without.size) : LOW);
    put(region, !left);
    step(Infinity, left && sight);
  };
  let settled = false; // Whether all that the address asks for is known.
  /** All rows are as they should be: others are told, and what asked.js kept out of sight is shown, but not
      in the frame in which it moves: that would count as a shift of the layout. */
  const settle = () => {
    requestAnimationFrame(() => requestAnimationFrame(() => document.documentElement.classList.remove("fg-asked")));
    const left = () => order.filter((index) => want[index]).map((index) => ids[index]);
    box.dispatchEvent(new CustomEvent("fieldguide:list", { bubbles: true, detail: { what, shown: left } }));
  };
  const turn = (part) => {
    for (const index of part) {
      if (shown[index] === want[index]) continue;
      if (!shown[index] !== !want[index]) put(rows[index], !want[index]);
      if ((shown[index] === 2) !== (want[index] === 2)) rows[index].classList.toggle("fg-alone", want[index] === 2);
      shown[index] = want[index];
    }
  };

  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const keys = ({ key, by, values }) => {
    if (by === "number") return values;
    if (by === "facet") {
      const facet = facets.find((one) => one.key === key);
      return facet.has.map(([first]) =>
        first === undefined || facet.values[first][0] === UNKNOWN ? null : first);
    }
    const place = heads.get(key).cellIndex;
    return rows.map((row) => (blank(row.cells[place]) ? null : said(row.cells[place])));
  };
  const arrange = () => {
    order = rows.map((_, index) => index);
    if (sorting) {
      const by = keys(sorting.column);
      const sign = sorting.down ? -1 : 1;
      order.sort((a, b) => {
        if (by[a] === null || by[b] === null) return (by[a] === null) - (by[b] === null) || a - b;
        const apart = typeof by[a] === "number" ? by[a] - by[b] : collator.compare(by[a], by[b]);
        return sign * apart || a - b;
      });
    }
    // Groups are no order: their rows go together while there is another.
    const sizes = parts.map((part) => part.length);
    if (!sorting) parts = bodies.map((_, body) => order.filter((index) => own[index] === body));
    else if (grouped) parts = bodies.map((_, body) => (body ? [] : order));
    else {
      let from = 0;
      parts = sizes.map((size) => order.slice(from, (from += size)));
    }
    for (const [body, part] of parts.entries()) {
      bodies[body].append(...part.map((index) => rows[index]));
      const head = bodies[body].querySelector("tr.fg-group");
      if (head) put(head, Boolean(sorting));
    }
    for (const [key, head] of heads) {
      const here = sorting?.column.key === key;
      if (here) head.setAttribute("aria-sort", sorting.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  };
  const spread = () => {
    for (const [key, head] of heads) {
      table.classList.toggle(`fg-without-${head.cellIndex + 1}`, without.has(key));
    }
    // Heads above several columns are as wide as what is left below them.
    for (const line of table.tHead.rows) {
      let from = 0;
      for (const head of line.cells) {
        if (head.dataset.key) break;
        head.dataset.span ??= head.colSpan;
        const under = [...heads.values()].slice(from, (from += Number(head.dataset.span)));
        const left = under.filter((one) => !without.has(one.dataset.key)).length;
        head.hidden = !left;
        head.colSpan = left || 1;
      }
    }
  };

  // The form

  /** How many rows each value of a facet would show, with all other choices as they are. */
  const tally = (facet) => {
    const own = active().indexOf(facet);
    const found = facet.values.map(() => 0);
    const limits = facet.kind === "memory" && facet.values.map(([key]) => key * GB);
    for (let index = 0; index < number; index += 1) {
      if (!fits[index] || fails[index] > 1 || (fails[index] && blame[index] !== own)) continue;
      if (!limits) for (const place of facet.has[index]) found[place] += 1;
      else for (const [place, limit] of limits.entries()) found[place] += facet.least[index] <= limit;
    }
    return found;
  };
  const name = (facet, place) => (facet.kind === "memory"
    ? `${facet.chosen[0]} GB (${facet.settings.map(({ values, at }) => values[at][1]).join("; ")})`
    : facet.values[place][1]);

  /** The parts of the form that say how many there are, and what is chosen. */
  const refresh = () => {
    for (const [place, group] of groups.entries()) {
      const chosen = group.facets.reduce((sum, facet) => sum + facet.chosen.length, 0);
      buttons[place].querySelector("span")?.remove();
      if (chosen) buttons[place].append(make("span", {}, ` (${chosen})`));
    }
    const tallies = new Map();
    for (const each of panel.querySelectorAll("[data-facet]")) {
      const facet = facets[each.dataset.facet];
      const place = Number(each.dataset.value);
      if (!tallies.has(facet)) tallies.set(facet, tally(facet));
      const found = tallies.get(facet)[place];
      if (each.tagName === "OPTION") each.textContent = `${facet.values[place][1]} (${found})`;
      else each.textContent = found;
      each.closest("label")?.classList.toggle("fg-no", !found && each.tagName !== "OPTION");
    }
  };
  const drop = (facet, place) => {
    facet.chosen = facet.chosen.filter((one) => one !== place);
  };
  const chip = (label, remove) => {
    const button = make("button", { type: "button", "aria-label": `Remove ${label}` }, label);
    button.addEventListener("click", () => {
      const place = [...chips.children].indexOf(button.parentNode);
      redo(remove);
      const rest = chips.querySelectorAll("button");
      (rest[Math.min(place, rest.length - 1)] ?? field).focus();
    });
    return make("li", {}, button);
  };
  const loosen = make("p", { className: "fg-loosen", hidden: true }, make("button", { type: "button" }));
  status.after(loosen);
  const tell = () => {
    const chosen = active();
    chips.replaceChildren(...chosen.flatMap((facet) =>
      facet.chosen.map((place) => chip(`${facet.label}: ${name(facet, place)}`, () => drop(facet, place)))));
    const all = number.toLocaleString("en");
    loosen.hidden = true;
    let text = `${left.toLocaleString("en")} of ${all} ${what}`;
    if (alone) text += `, ${alone.toLocaleString("en")} of them by their weights alone: the cache is not known`;
    if (!left) {
      text = `None of ${all} ${what} fits.`;
      const gains = chosen.map(() => 0);
      let words = 0;
      for (let index = 0; index < number; index += 1) {
        if (fits[index] && fails[index] === 1) gains[blame[index]] += 1;
        if (!fits[index] && !fails[index]) words += 1;
      }
      const best = gains.indexOf(Math.max(...gains));
      const way = words && words >= (gains[best] ?? 0)
        ? [`“${field.value.trim()}”`, words, () => { field.value = ""; }]
        : gains[best] && [chosen[best].label, gains[best], () => { chosen[best].chosen = []; }];
      if (way) {
        const [label, gain, remove] = way;
        text += ` Without ${label} there would be ${gain.toLocaleString("en")}.`;
        loosen.hidden = false;
        loosen.firstChild.textContent = `Remove ${label}`;
        loosen.firstChild.onclick = () => {
          redo(remove);
          field.focus();
        };
      } else text += " No single choice is the reason: take back several.";
    }
    if (status.textContent !== text) status.textContent = text;
  };

  const show = () => {
    apply();
    tell();
    refresh();
  };

  // The panels

  const check = (facet, at, place) => {
    const input = make("input", { type: "checkbox", checked: facet.chosen.includes(place) });
    input.addEventListener("change", () => change(() => {
      if (input.checked) facet.chosen = [...facet.chosen, place].sort((a, b) => a - b);
      else drop(facet, place);
    }));
    const found = make("small", { "data-facet": at, "data-value": place });
    return make("label", { className: "fg-check" }, input, make("span", {}, facet.values[place][1]), found);
  };
  const choice = (facet, at) => {
    const select = make("select", {}, make("option", { value: "" }, "Any"));
    const groups = new Map();
    for (const [place, [, label, group]] of facet.values.entries()) {
      if (group && !groups.has(group)) select.append(groups.set(group, make("optgroup", { label: group })).get(group));
      (groups.get(group) ?? select).append(make("option", { value: place, "data-facet": at, "data-value": place }, label));
    }
    const memory = facet.kind === "memory";
    const place = () => (memory ? facet.values.findIndex(([key]) => Number(key) === facet.chosen[0]) : facet.chosen[0]);
    select.value = facet.chosen.length && place() >= 0 ? place() : "";
    const label = make("label", { className: "fg-choice" }, make("span", {}, facet.label), select);
    if (!memory) {
      select.addEventListener("change", () => change(() => {
        facet.chosen = select.value ? [Number(select.value)] : [];
      }));
      return [label];
    }
    const own = make("input", { type: "number", min: "0.1", step: "any", value: facet.chosen[0] ?? "" });
    const give = (value, from) => change(() => {
      facet.chosen = value > 0 ? [value] : [];
      if (from === select) own.value = facet.chosen[0] ?? "";
      else select.value = facet.chosen.length && place() >= 0 ? place() : "";
    });
    select.addEventListener("change", () =>
      give(select.value ? Number(facet.values[select.value][0]) : 0, select));
    own.addEventListener("change", () => give(Number(own.value), own));
    const settings = facet.settings.map((setting) => {
      const each = make("select", {}, ...setting.values.map(([, label], index) => make("option", { value: index }, label)));
      each.value = setting.at;
      each.addEventListener("change", () => change(() => {
        setting.at = Number(each.value);
        measure(facet);
      }));
      return make("label", { className: "fg-choice" }, make("span", {}, setting.label), each);
    });
    return [label, make("label", { className: "fg-choice" }, make("span", {}, "or your own, in GB"), own), ...settings];
  };
  const set = (legend, className, about, ...children) =>
    make("fieldset", { className: children.length > 8 ? `${className} fg-many` : className },
      make("legend", {}, legend),
      ...(about ? [make("p", {}, about)] : []), make("div", {}, ...children));
  const fill = () => {
    const group = groups[opened];
    if (!group) {
      const select = make("select", {}, make("option", { value: "" }, "As the page has them"),
        ...columns.map(({ key, label }) => make("option", { value: key }, label)));
      select.value = sorting?.column.key ?? "";
      const down = make("input", { type: "checkbox", checked: Boolean(sorting?.down) });
      const sort = () => change(() => {
        const column = columns.find(({ key }) => key === select.value);
        sorting = column ? { column, down: down.checked } : null;
      });
      select.addEventListener("change", sort);
      down.addEventListener("change", sort);
      const boxes = columns.slice(1).map(({ key, label }) => {
        const input = make("input", { type: "checkbox", checked: !without.has(key) });
        input.addEventListener("change", () => change(() => {
          if (input.checked) without.delete(key);
          else without.add(key);
        }));
        return make("label", { className: "fg-check" }, input, make("span", {}, label));
      });
      panel.replaceChildren(
        set("Sort", "fg-selects", "",
          make("label", { className: "fg-choice" }, make("span", {}, "Sort by"), select),
          make("label", { className: "fg-check" }, down, make("span", {}, "The other way round"))),
        set("Columns", "fg-checks", "", ...boxes));
      return;
    }
    const single = group.facets.every((facet) => facet.kind === "select");
    const made = group.facets.map((facet) => {
      const at = facets.indexOf(facet);
      if (facet.kind !== "checks") return choice(facet, at);
      return [set(facet.label, "fg-checks", facet.about, ...facet.values.map((_, place) => check(facet, at, place)))];
    });
    panel.replaceChildren(...(single
      ? [set(group.label, "fg-selects", "", ...made.flat())]
      : made.flatMap((each, place) => (group.facets[place].kind === "checks"
        ? each
        : [set(group.facets[place].label, "fg-selects", group.facets[place].about, ...each)]))));
  };
  const open = (place) => {
    opened = place;
    for (const [at, button] of buttons.entries()) button.setAttribute("aria-expanded", String(at === place));
    panel.hidden = place < 0;
    if (place < 0) return panel.replaceChildren();
    panel.setAttribute("aria-label", groups[place]?.label ?? buttons[place].textContent);
    fill();
    refresh();
  };

  // The address

  let pause = 0;
  const typed = () => {
    clearTimeout(pause);
    pause = 0;
    const url = new URL(location.href);
    if (field.value) url.searchParams.set(TEXT, field.value);
    else url.searchParams.delete(TEXT);
    if (url.href !== location.href) history.replaceState(history.state, "", url);
  };
  const written = () => {
    const url = new URL(location.href);
    const add = (key, value) => {
      if (value) url.searchParams.set(key, value);
      else url.searchParams.delete(key);
    };
    add(TEXT, field.value);
    for (const facet of facets) {
      add(facet.key, facet.chosen.map((one) => (facet.kind === "memory" ? one : facet.values[one][0])).join(","));
      for (const { key, values, usual, at } of facet.settings ?? []) add(key, values[at][0] === usual ? "" : values[at][0]);
    }
    add(ORDER, sorting && (sorting.down ? "-" : "") + sorting.column.key);
    add(WITHOUT, [...without].join(","));
    url.search = url.search.replaceAll("%2C", ",");
    return url;
  };
  const choose = (setting, key) => {
    const find = (one) => setting.values.findIndex(([each]) => each === one);
    setting.at = find(key) < 0 ? find(setting.usual) : find(key);
  };
  const read = () => {
    const asked = new URLSearchParams(location.search);
    field.value = asked.get(TEXT) ?? "";
    for (const facet of facets) {
      const words = (asked.get(facet.key) ?? "").split(",").filter(Boolean);
      facet.chosen = facet.kind === "memory"
        ? words.map(Number).filter((one) => one > 0).slice(0, 1)
        : facet.values.flatMap(([key], place) => (words.includes(key) ? [place] : []));
      if (facet.kind === "select") facet.chosen.splice(1);
      if (facet.settings) {
        for (const setting of facet.settings) choose(setting, asked.get(setting.key));
        measure(facet);
      }
    }
    const key = (asked.get(ORDER) ?? "").replace(/^-/, "");
    const column = columns.find((one) => one.key === key);
    sorting = column ? { column, down: asked.get(ORDER).startsWith("-") } : null;
    without = new Set((asked.get(WITHOUT) ?? "").split(",").filter((one) => columns.slice(1).some((column) => column.key === one)));
  };
  const restore = () => {
    read();
    judge();
    match();
    arrange();
    spread();
    show();
    if (opened >= 0) open(opened);
  };
  /** Does what a reader chose, and makes it a step of its own in the history. */
  const change = (act) => {
    if (pause) typed();
    const before = [sorting?.column, sorting?.down];
    act();
    judge();
    match();
    if (before[0] !== sorting?.column || before[1] !== sorting?.down) arrange();
    spread();
    show();
    const url = written();
    if (url.href !== location.href) history.pushState(null, "", url);
  };

  /** The same from outside of the panel, which has to follow. */
  const redo = (act) => {
    change(act);
    if (opened >= 0) open(opened);
  };

  // Downloads

  const listed = () => {
    const kept = columns.filter(({ key }) => !without.has(key));
    const head = kept.map(({ key, label, unit }) => [key, unit ? `${label} (${unit})` : label]);
    const records = order.filter((index) => want[index]).map((index) => [
      ids[index],
      new URL(rows[index].querySelector("a").href).href,
      ...kept.map(({ key }) => said(rows[index].cells[heads.get(key).cellIndex])),
    ]);
    return [[["id", "Id"], ["address", "Address"], ...head], records];
  };
  // A spreadsheet would compute what begins like a formula.
  const quoted = (text) => `"${text.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;
  const formats = {
    csv: ([head, records]) => ["text/csv", "\ufeff" + [head.map(([, label]) => label), ...records]
      .map((record) => `${record.map(quoted).join(",")}\r\n`).join("")],
    json: ([head, records]) => ["application/json", `${JSON.stringify(records.map((record) =>
      Object.fromEntries(record.map((text, place) => [head[place][0], text]))), null, 1)}\n`],
  };
  const take = (format) => {
    const [type, text] = formats[format](listed());
    const link = make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: `${what}.${format}` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  // Start: the search at once, the rest when its data are there

  form.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("input", () => {
    match();
    show();
    clearTimeout(pause);
    pause = setTimeout(typed, PAUSE);
  });
  addEventListener("beforeprint", () => finish());
  const wide = matchMedia("(min-width: 37.5625em)");
  const reach = () => { // Where rows are cards the heads are out of sight, and their buttons with them.
    for (const button of table.querySelectorAll("thead button")) button.tabIndex = wide.matches ? 0 : -1;
  };
  const fold = () => {
    narrow.open = wide.matches;
    reach();
  };
  wide.addEventListener("change", fold);
  fold();
  box.classList.add("fg-ready");
  read();
  match();
  show();

  const prepare = (data) => {
    const place = new Map(data.ids.map((id, index) => [id, index]));
    const to = ids.map((id) => place.get(id));
    const list = (value) => (Array.isArray(value) ? value : value === null || value === undefined ? [] : [value]);
    groups = data.groups;
    facets = groups.flatMap((group) => group.facets);
    for (const facet of facets) {
      facet.chosen = [];
      facet.has = to.map((index) => list(facet.rows[index]));
      if (facet.kind === "memory") [facet.least, facet.sure] = [new Float64Array(number), new Float64Array(number)];
    }
    columns = data.columns.filter(({ key }) => heads.has(key));
    for (const column of columns) {
      if (column.rows) column.values = to.map((index) => column.rows[index] ?? null);
    }
    const named = facets.filter((facet) => facet.found);
    texts = texts.map((text, index) => plain([
      text,
      ...named.flatMap((facet) => facet.has[index].map((one) => facet.values[one][1])),
      ...data.search.flatMap(({ values, rows: each }) => list(each[to[index]]).map((one) => values[one])),
    ].join(" ")));
    fits.fill(1);
    told = "";
    for (const column of columns) {
      const head = heads.get(column.key);
      const link = head.querySelector("a");
      const button = make("button", { type: "button" }, ...(link ? [] : head.childNodes));
      if (link) button.setAttribute("aria-label", `Sort by ${column.label}`);
      head.append(button);
      button.addEventListener("click", () => {
        redo(() => {
          const here = sorting?.column === column;
          sorting = here && sorting.down ? null : { column, down: here };
        });
      });
    }
    for (const [at, button] of buttons.entries()) {
      button.addEventListener("click", () => open(opened === at ? -1 : at));
    }
    panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      buttons[opened].focus();
      open(-1);
    });
    for (const button of form.querySelectorAll("[data-take]")) {
      button.addEventListener("click", () => take(button.dataset.take));
    }
    form.addEventListener("reset", (event) => {
      event.preventDefault();
      redo(() => {
        field.value = "";
        for (const facet of facets) {
          facet.chosen = [];
          for (const setting of facet.settings ?? []) choose(setting);
          if (facet.settings) measure(facet);
        }
        sorting = null;
        without = new Set();
      });
    });
    addEventListener("popstate", restore);
    reach();
    for (const button of form.querySelectorAll("button[disabled]")) button.disabled = false;
    settled = true;
    restore();
  };

  fetch(box.dataset.catalogue)
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))))
    .then(prepare, () => {
      settled = true;
      show();
      status.textContent += ". The filters could not be loaded; the search works.";
    });
})();
