/* The page "Cost": a machine of one's own against a service that is paid by the token.
   The formulas are those of the worksheet on the page (overrides/fieldguide/worksheet.html), under the
   names of the fields in place of letters. No price is known here: all numbers are the reader's. */

const DAYS = 365 / 12; // Of an average month.
const MILLION = 1e6;
const ROWS = 10; // Of the table of years, at most.

/* A number as people write it: 1234.5, 1 234,5, 1.234,50, 1,234.50. Gives {value}, {error} or, where
   nothing was written, neither. A single comma or point before three digits can be read in two ways. */
export function parse(text) {
  const bare = text.replace(/[\s\u00a0\u2009\u202f'’]/g, "");
  if (!bare) return {};
  if (/^[-−–]\d/.test(bare)) return { error: "This is below zero. Give a number from 0." };
  if (!/^[\d.,]*\d[\d.,]*$/.test(bare)) {
    return { error: "This is no number. Write digits, with a comma or a point for decimals." };
  }
  const marks = bare.match(/[.,]/g) ?? [];
  const last = marks.at(-1);
  const grouped = (part) => /^\d{1,3}([.,]\d{3})+$/.test(part);
  const whole = (part) => part.replace(/[.,]/g, "");
  let digits = bare.replace(",", ".");
  if (marks.length === 1 && /^[1-9]\d{0,2}[.,]\d{3}$/.test(bare)) {
    return { error: `“${bare}” can be read in two ways. Write ${whole(bare)} or ${Number(digits)}.` };
  }
  if (marks.length > 1) {
    const [before, after] = [bare.slice(0, bare.lastIndexOf(last)), bare.slice(bare.lastIndexOf(last) + 1)];
    const decimal = !before.includes(last);
    if (decimal ? !grouped(before) : !grouped(bare) || new Set(marks).size > 1) {
      return { error: "This cannot be read. Write the number without marks between thousands." };
    }
    digits = decimal ? `${whole(before)}.${after}` : whole(bare);
  }
  const value = Number(digits);
  return value < 1e15 ? { value } : { error: "This is too large." };
}

/* What a month costs on one's own machine; what is left empty counts as nothing. */
export function own({ price, resale = 0, years, busy, idle, hours, kwh, staff = 0, wage = 0, other = 0 }) {
  const purchase = (price - resale) / (12 * years);
  const resting = ((idle * 24 * DAYS) / 1000) * kwh;
  const working = (((busy - idle) * hours * DAYS) / 1000) * kwh;
  const people = staff * wage;
  const running = resting + working + people + other;
  return { purchase, electricity: resting + working, working, people, other, running, sum: purchase + running };
}

export const service = (given) => given["input-price"] * given.input + given["output-price"] * given.output;

/* Both against each other. `same` are the million tokens a month at which they cost the same, and `day`
   the hours that the machine is then busy; `months` is when it has paid for itself. Each is null where
   that never happens. `most` is what it can write in a month, in millions, where its speed is known. */
export function compare(given) {
  const machine = own(given);
  const bill = service(given);
  const tokens = given.input + given.output;
  const same = bill > machine.working ? ((machine.sum - machine.working) * tokens) / (bill - machine.working) : null;
  const most = given.speed === undefined ? null : (given.speed * 3600 * given.hours * DAYS) / MILLION;
  return {
    machine,
    bill,
    same,
    day: same === null ? null : (given.hours * same) / tokens,
    months: bill > machine.running ? given.price / (bill - machine.running) : null,
    most,
    needed: most === null ? null : (given.hours * given.output) / most,
  };
}

/* The page */

const format = (options) => {
  const made = new Intl.NumberFormat("en", options);
  return (number) => made.format(number);
};
const exact = format({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
const round = format({ maximumFractionDigits: 0 });
const short = format({ maximumFractionDigits: 1 });
const amount = format({ maximumSignificantDigits: 4 });
const money = (number) => (Math.abs(number) < 1000 ? exact(number) : round(number));
const plural = (number, unit) => `${short(number)} ${unit}${short(number) === "1" ? "" : "s"}`;
const listed = (words) => words.join(", ").replace(/, ([^,]*)$/, " and $1");

/* What the numbers mean, in sentences. */
export function sentences(given) {
  const { machine, bill, same, day, months, most, needed } = compare(given);
  const apart = Math.abs(machine.sum - bill);
  const cheaper = machine.sum < bill ? "your own machine" : "the service";
  const life = 12 * given.years;
  const said = [
    `Your own machine costs ${money(machine.sum)} a month, the service ${money(bill)}.`,
    apart < 0.005 ? "At this amount they cost the same." : `At this amount ${cheaper} is cheaper by ${money(apart)} a month.`,
  ];
  if (same === null) {
    said.push("There is no break-even: the electricity for each token costs as much as the service.");
  } else {
    said.push(
      `Break-even: ${amount(same)} million tokens a month, with your mix of input and output. ` +
        (day > 24
          ? `The machine would have to be busy ${short(day)} hours a day for that, more than a day has.`
          : `The machine would be busy ${short(day)} hours a day.`),
    );
  }
  if (months === null) {
    said.push(
      `The hardware never pays for itself: to run it costs ${money(machine.running)} a month, no less than the service.`,
    );
  } else if (months > life) {
    said.push(
      `The hardware would pay for itself after ${plural(months, "month")}, but it is in use for ${plural(life, "month")} only.`,
    );
  } else said.push(`The hardware has paid for itself after ${plural(months, "month")}.`);
  if (most === null) {
    said.push("Whether your machine can make so many tokens was not checked: its speed is missing.");
  } else if (given.output > most) {
    said.push(
      `Your machine cannot make that many tokens: in ${plural(given.hours, "hour")} a day it writes ` +
        `${amount(most)} million a month at most, and you ask for ${amount(given.output)} million. ` +
        (needed > 24 ? "Even a whole day would not do." : `It would have to be busy ${short(needed)} hours a day.`),
    );
  } else said.push(`Your machine can write ${amount(most)} million tokens a month, enough for ${amount(given.output)} million.`);
  return said;
}

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function table(caption, heads, rows) {
  const head = (text, scope, number) =>
    element("th", number ? { scope, class: "fg-number" } : { scope }, text);
  return element(
    "div",
    { class: "fg-scroll", role: "region", "aria-label": caption, tabindex: "0" },
    element(
      "table",
      { class: "fg-table" },
      element("caption", {}, caption),
      element("thead", {}, element("tr", {}, ...heads.map((text, place) => head(text, "col", place)))),
      element(
        "tbody",
        {},
        ...rows.map(([label, ...cells]) =>
          element("tr", {}, head(label, "row"), ...cells.map((text) => element("td", { class: "fg-number" }, text))),
        ),
      ),
    ),
  );
}

/* The costs of a month line by line. */
function bill(given) {
  const { machine, bill: paid } = compare(given);
  const lines = [
    ["Purchase", machine.purchase],
    ["Electricity", machine.electricity],
    ["People", machine.people],
    ["Other costs", machine.other],
    ["Own machine in all", machine.sum],
    ["Service", paid],
  ];
  return table("Costs", ["In your currency", "a month", `in ${plural(given.years, "year")}`], [
    ...lines.map(([label, sum]) => [label, money(sum), money(sum * 12 * given.years)]),
  ]);
}

/* What was spent in all by the end of each year; what the machine is sold for comes back at its end. */
function years(given) {
  const { machine, bill: paid } = compare(given);
  const ends = [...Array(Math.min(ROWS, Math.ceil(given.years))).keys()].map((year) => Math.min(year + 1, given.years));
  const spent = (end) => given.price + machine.running * 12 * end - (end === given.years ? (given.resale ?? 0) : 0);
  return table("Spent in all by the end of each year", ["After", "Own machine", "Service"], [
    ...ends.map((end) => [plural(end, "year"), money(spent(end)), money(paid * 12 * end)]),
  ]);
}

class Page {
  constructor(form) {
    this.form = form;
    this.fields = [...form.querySelectorAll("input")];
    this.result = form.querySelector("[data-result]");
    this.status = form.querySelector("[role=status]");
    this.restore();
    form.addEventListener("input", () => this.changed());
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", (event) => this.reset(event));
    form.elements.namedItem("copy").addEventListener("click", () => this.copy());
    window.addEventListener("popstate", () => this.restore());
    form.hidden = false;
  }

  restore() {
    const given = new URLSearchParams(location.search);
    for (const field of this.fields) field.value = (given.get(field.name) ?? "").slice(0, field.maxLength);
    this.show();
  }

  changed() {
    this.show();
    this.remember();
    this.tell();
  }

  /* The address follows what is typed: a link or a reload brings it back. */
  remember() {
    const filled = this.fields.filter((field) => field.value.trim());
    const query = new URLSearchParams(filled.map((field) => [field.name, field.value.trim()]));
    history.replaceState(null, "", location.pathname + (filled.length ? `?${query}` : ""));
  }

  label(field) {
    const text = field.labels[0].textContent;
    return text.charAt(0).toLowerCase() + text.slice(1);
  }

  /* The numbers that can be used; marks the fields whose text cannot. */
  read() {
    const found = new Map(this.fields.map((field) => [field, parse(field.value)]));
    const given = Object.fromEntries([...found].map(([field, { value }]) => [field.name, value]));
    for (const [field, { value, error }] of found) {
      const { above, most, under } = field.dataset;
      const other = under && this.form.elements.namedItem(under);
      let wrong = error ?? "";
      if (value !== undefined && above !== undefined && value <= Number(above)) wrong = `This must be more than ${above}.`;
      else if (value > Number(most)) wrong = `This is more than ${most}.`;
      else if (other && value > given[under]) wrong = `This is more than: ${this.label(other)}.`;
      if (wrong) given[field.name] = undefined;
      field.setAttribute("aria-invalid", String(Boolean(wrong)));
      document.getElementById(`cost-error-${field.name}`).textContent = wrong;
    }
    return given;
  }

  show() {
    const given = this.read();
    const faulty = this.fields.filter((field) => field.getAttribute("aria-invalid") === "true");
    const empty = this.fields.filter((field) => !field.value.trim());
    const missing = empty.filter((field) => !("optional" in field.dataset));
    const paired = [["staff", "wage"], ["wage", "staff"]].filter(
      ([one, other]) => given[one] !== undefined && given[other] === undefined,
    );
    missing.push(...paired.map(([, other]) => this.form.elements.namedItem(other)).filter((field) => empty.includes(field)));
    if (empty.length === this.fields.length) {
      this.say(["Fill in your numbers, and the result appears here."]);
    } else if (faulty.length) {
      this.say([`To be mended: ${listed(faulty.map((field) => this.label(field)))}.`]);
    } else if (missing.length) {
      this.say([`Still missing: ${listed(missing.map((field) => this.label(field)))}.`, ...this.part(given, missing)]);
    } else if (!(given.input + given.output)) {
      this.say(["Input or output must be more than 0: without tokens there is nothing to compare."]);
    } else {
      const nothing = empty.filter((field) => field.name !== "speed").map((field) => this.label(field));
      const rest = nothing.length ? [`Left empty, and counted as nothing: ${listed(nothing)}.`] : [];
      this.say([...sentences(given), ...rest], bill(given), years(given));
    }
  }

  /* What one side costs, where the other is not there yet. */
  part(given, missing) {
    const sides = new Set(missing.map((field) => field.closest("fieldset")));
    const [machine, ...rest] = this.form.querySelectorAll("fieldset");
    if (!sides.has(machine)) return [`Your own machine costs ${money(own(given).sum)} a month.`];
    return rest.some((side) => sides.has(side)) ? [] : [`The service costs ${money(service(given))} a month.`];
  }

  say(lines, ...more) {
    this.lines = lines;
    this.result.replaceChildren(...lines.map((line) => element("p", {}, line)), ...more);
  }

  /* Tells screen readers the gist, once the reader has come to rest. */
  tell() {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => {
      this.status.textContent = this.lines.slice(0, 3).join(" ");
    }, 700);
  }

  reset(event) {
    event.preventDefault();
    for (const field of this.fields) field.value = "";
    this.changed();
    this.fields[0].focus();
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(location.href);
      this.status.textContent = "The link was copied.";
    } catch {
      this.status.textContent = "The link could not be copied. Copy the address of this page.";
    }
    this.form.elements.namedItem("copy").textContent = this.status.textContent;
    setTimeout(() => {
      this.form.elements.namedItem("copy").textContent = "Copy the link";
    }, 4000);
  }
}

const form = document.querySelector("form.fg-cost");
if (form) new Page(form);
