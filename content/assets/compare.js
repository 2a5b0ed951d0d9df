/* Side by side: the page "Compare", and choosing its columns in the long lists. The facts come from the
   records' own pages, which mark each with its key (data-fact); rows and their heads stand in the page
   (hooks/fieldguide/compare.py). The choice is in the address, ?models=a,b: it can be kept and sent. */
(() => {
  "use strict";

  // As in catalogue.js: a file that both share would cost each page a request, for less than these lines.
  const make = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name in made) made[name] = value;
      else made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
  };

  // The page

  const page = () => {
    const box = document.querySelector("[data-compare]");
    if (!box) return;
    const most = Number(box.dataset.most);
    const form = box.querySelector("form");
    const kinds = form.querySelector("select");
    const field = form.querySelector("input");
    const known = form.querySelector("datalist");
    const status = form.querySelector("[role=status]");
    const toggle = box.querySelector(".fg-toggle");
    const place = box.querySelector(".fg-scroll");
    const title = document.title;
    const pages = new Map(); // Documents by address: each is fetched once.
    let names = {}, kind = "models", chosen = [], turn = 0;

    const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().trim();
    const address = (id) =>
      new URL(`${[...kinds.options].find((one) => one.value === kind).dataset.pages}${id}/`, location.href).href;
    const get = (id) => {
      const url = address(id);
      if (!pages.has(url)) {
        pages.set(url, fetch(url).then(async (answer) => {
          if (!answer.ok) throw new Error(`${answer.status}`);
          return new DOMParser().parseFromString(await answer.text(), "text/html");
        }));
        pages.get(url).catch(() => pages.delete(url));
      }
      return pages.get(url);
    };

    /** What a record's page says to one fact, as a cell: links lead where they led there. */
    const cell = (from, key, url) => {
      const find = (one) => from.querySelector(`[data-fact="${CSS.escape(one)}"]`);
      const kin = key.split("-")[0];
      const fact = find(key) ?? find(kin); // Where no licence answers, one reason for all uses.
      const made = make("td");
      const unknown = box.querySelector(`template[data-unknown="${kin}"]`);
      if (!fact && unknown) made.append(unknown.content.cloneNode(true));
      else if (!fact) made.append(make("span", { className: "fg-none" }, "not known"));
      else if (fact.tagName === "TR") {
        for (const part of fact.cells) {
          if (part.tagName !== "TD" || part.textContent.trim() === "–") continue;
          made.append(...(said(part) ? [make("div", {}, ...copies(part))] : copies(part)));
        }
      } else made.append(...copies(fact));
      for (const link of made.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), url);
      for (const one of made.querySelectorAll("[id]")) one.removeAttribute("id");
      if (from.getElementById(key) && !key.startsWith("part-")) {
        made.append(" ", make("small", {}, make("a", { href: `${url}#${key}` }, "reasons")));
      }
      return made;
    };
    const copies = (of) => [...of.cloneNode(true).childNodes];
    const differs = box.querySelector("template[data-differs]");

    /** What counts in a cell: neither its sources nor the remarks beside it. */
    const said = (of) => {
      const copy = of.cloneNode(true);
      for (const aside of copy.querySelectorAll(".fg-sources, small")) aside.remove();
      return copy.textContent.replace(/\s+/g, " ").trim();
    };

    const draw = async () => {
      const mine = (turn += 1);
      const ids = chosen;
      const all = names[kind] ?? {};
      const strange = ids.filter((id) => !(id in all));
      const right = ids.filter((id) => id in all);
      const notes = strange.flatMap((id) => [`No ${kind.slice(0, -1)} has the id “${id}”.`, ...suggest(near(id, all), right)]);
      if (right.length > most) notes.push(`${most} columns at most: ${right.splice(most).map((id) => all[id]).join(", ")} left out.`);
      known.replaceChildren(...Object.values(all).map((name) => make("option", { value: name })));
      kinds.value = kind;
      let documents;
      try {
        documents = await Promise.all(right.map(get));
      } catch {
        if (mine === turn) tell("The pages could not be loaded. Is there a connection?");
        return;
      }
      if (mine !== turn) return; // Another choice was made meanwhile.
      chosen = right;
      place.hidden = !right.length;
      toggle.hidden = right.length < 2;
      const list = right.map((id) => all[id]);
      document.title = right.length > 1 ? `${list.slice(0, -1).join(", ")} and ${list.at(-1)} compared` : title;
      if (!right.length) {
        place.replaceChildren();
        tell(...notes, `Add two to five ${kind}, or take a ready-made comparison below.`);
        return;
      }
      const table = box.querySelector(`template[data-rows="${kind}"]`).content.firstElementChild.cloneNode(true);
      table.caption.textContent = list.join(", ");
      const urls = right.map(address);
      table.tHead.rows[0].append(...right.map((id, column) => {
        const remove = make("button", { type: "button", className: "fg-remove", "aria-label": `Remove ${all[id]}` }, "✕");
        remove.addEventListener("click", () => {
          choose(chosen.filter((one) => one !== id));
          field.focus();
        });
        return make("th", { scope: "col" }, make("a", { href: urls[column] }, all[id]), " ", remove);
      }));
      let apart = 0, rows = 0;
      for (const row of table.querySelectorAll("tbody tr")) {
        if (row.classList.contains("fg-group")) {
          row.cells[0].colSpan = right.length + 1;
          continue;
        }
        rows += 1;
        const cells = documents.map((one, column) => cell(one, row.dataset.row, urls[column]));
        row.append(...cells);
        if (new Set(cells.map(said)).size > 1) {
          apart += 1;
          row.cells[0].append(" ", differs.content.cloneNode(true));
        } else if (right.length > 1) row.classList.add("fg-same");
      }
      place.replaceChildren(table);
      tell(...notes, right.length > 1
        ? `${right.length} ${kind} side by side: they differ in ${apart} of ${rows} rows.`
        : `Add another to compare ${list[0]} with.`);
    };
    const tell = (...notes) => status.replaceChildren(...notes.flatMap((note) => [note, " "]));

    /** The ids most like a word that is none, by the pairs of letters that both have. */
    const near = (word, all) => {
      const pairs = (text) => new Set([...plain(text).replace(/[^a-z0-9]/g, "")].map((letter, place, each) => letter + (each[place + 1] ?? "")));
      const wanted = pairs(word);
      const likeness = (text) => {
        const has = pairs(text);
        return (2 * [...has].filter((one) => wanted.has(one)).length) / (has.size + wanted.size);
      };
      return Object.keys(all)
        .map((id) => [Math.max(likeness(id), likeness(all[id])), id])
        .filter(([like]) => like > 0.4)
        .sort(([a], [b]) => b - a)
        .slice(0, 3)
        .map(([, id]) => id);
    };
    const suggest = (ids, beside) => (ids.length
      ? [make("span", {}, "Near it: ", ...ids.flatMap((id, place) => {
        const chosen = [...beside.filter((one) => one !== id), id].slice(-most);
        return [...(place ? [", "] : []), make("a", { href: `?${kind}=${chosen.join(",")}` }, names[kind][id])];
      }), ".")]
      : []);

    const choose = (ids, other = kind) => {
      kind = other;
      chosen = ids;
      const url = new URL(location.href);
      for (const one of kinds.options) url.searchParams.delete(one.value);
      url.searchParams.set(kind, ids.join(","));
      url.search = url.search.replaceAll("%2C", ",");
      url.hash = "";
      history.pushState(null, "", url);
      return draw();
    };
    const restore = () => {
      const asked = new URLSearchParams(location.search);
      kind = [...kinds.options].map((one) => one.value).find((one) => asked.has(one)) ?? "models";
      chosen = [...new Set((asked.get(kind) ?? "").split(",").map((id) => id.trim()).filter(Boolean))];
      return draw();
    };

    kinds.addEventListener("change", () => choose([], kinds.value));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const wanted = plain(field.value);
      if (!wanted) return field.focus();
      const all = Object.entries(names[kind]);
      const found = all.find(([id, name]) => plain(name) === wanted || id === wanted);
      const near = all.filter(([, name]) => plain(name).includes(wanted));
      const hit = found ?? (near.length === 1 ? near[0] : null);
      if (!hit) {
        tell(near.length
          ? `“${field.value.trim()}” could be ${near.slice(0, 4).map(([, name]) => name).join(", ")}${near.length > 4 ? " or others" : ""}. Give more of the name.`
          : `No name has “${field.value.trim()}” in it.`);
        return field.focus();
      }
      if (chosen.includes(hit[0])) tell(`${hit[1]} is there already.`);
      else if (chosen.length >= most) tell(`${most} columns at most. Remove one first.`);
      else choose([...chosen, hit[0]]);
      field.value = "";
      return field.focus();
    });
    addEventListener("popstate", restore);

    if (location.protocol === "file:") {
      for (const one of form.elements) one.disabled = true;
      tell("Choosing columns needs a web server: a browser does not let one file read another. The comparisons below work without one.");
      return;
    }
    fetch(box.dataset.compare)
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))))
      .then((data) => {
        names = data;
        box.classList.add("fg-ready");
        return restore();
      }, () => tell("The names could not be loaded. Is there a connection?"));
  };

  // The lists: a button turns choosing on

  const list = () => {
    const button = document.querySelector("[data-choose]");
    if (!button) return;
    const PART = 8; // Milliseconds of one frame for making boxes: there may be thousands.
    const box = button.closest("[data-catalogue]");
    const most = Number(button.dataset.most);
    const what = box.dataset.filter;
    const id = (row) => new URL(row.querySelector("a").href).pathname.split("/").at(-2);
    const chosen = new Map(); // Boxes by id, in the order of choice.
    const status = make("p", { role: "status" });
    const go = make("a", { className: "fg-go", href: button.dataset.choose });
    const stop = make("button", { type: "button" }, "Stop choosing");
    // Before the rows, so that Tab need not pass thousands of them; it stays in view.
    const bar = make("div", { className: "fg-picked", role: "region", "aria-label": "Comparison", hidden: true }, status, go, stop);

    const tell = (note = "") => {
      const count = chosen.size;
      const all = `${count || "No"} ${count === 1 ? what.slice(0, -1) : what} chosen.`;
      status.textContent = note || (count < 2 ? `${all} Mark two to ${most} in the list.` : all);
      go.hidden = count < 2;
      go.textContent = `Compare ${count} ${what}`;
      go.href = `${button.dataset.choose}${[...chosen.keys()].join(",")}`;
    };
    let frame = 0;
    const fill = (rows, from = 0) => {
      const end = performance.now() + PART;
      let next = from;
      for (; next < rows.length && performance.now() < end; next += 1) {
        const link = rows[next].querySelector("a");
        link.before(make("input", { type: "checkbox", className: "fg-pick", "aria-label": `Choose ${link.textContent}` }));
      }
      if (next < rows.length) frame = requestAnimationFrame(() => fill(rows, next));
    };
    const turn = (on) => {
      cancelAnimationFrame(frame);
      button.setAttribute("aria-pressed", String(on));
      bar.hidden = !on;
      document.documentElement.classList.toggle("fg-choosing", on);
      chosen.clear();
      if (on) fill(box.querySelectorAll("tbody tr:not(.fg-group)"));
      else for (const one of box.querySelectorAll(".fg-pick")) one.remove();
      tell();
    };
    box.addEventListener("change", ({ target }) => {
      if (!target.classList.contains("fg-pick")) return;
      const key = id(target.closest("tr"));
      if (!target.checked) chosen.delete(key);
      else if (chosen.size < most) chosen.set(key, target);
      else {
        target.checked = false;
        tell(`${most} at most: take one back first.`);
        return;
      }
      tell();
    });
    button.addEventListener("click", () => turn(button.getAttribute("aria-pressed") !== "true"));
    stop.addEventListener("click", () => {
      turn(false);
      button.focus();
    });
    button.closest("form").after(bar);
    button.disabled = false;
  };

  page();
  list();
})();
