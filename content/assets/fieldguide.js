/* Adds a filter to each long list, save those that catalogue.js does more for. Without it the lists are
   complete; with it they can be narrowed. The text stands in the address (?filter=), so that a link or
   a reload restores it; the theme's search takes ?q= for itself. Before that,
   the theme's menu of narrow screens: its mark becomes a button, and the menu shuts behind who leaves it. */
(() => {
  "use strict";

  // On a disk there is no server to say that the page of a folder is its index.html.
  if (location.protocol === "file:") {
    for (const one of document.querySelectorAll("a[href], form[action]")) {
      const name = one.matches("a") ? "href" : "action";
      const to = new URL(one.getAttribute(name), location.href);
      if (to.protocol !== "file:" || !to.pathname.endsWith("/")) continue;
      to.pathname += "index.html";
      one.setAttribute(name, to.href);
    }
  }

  const menu = document.getElementById("__drawer");
  const label = document.querySelector(".md-header [for=__drawer]");
  const mark = document.createElement("button");
  mark.type = "button";
  mark.className = `${label.className} fg-menu`;
  mark.append(...label.childNodes);
  label.replaceWith(mark);
  const tell = () => mark.setAttribute("aria-expanded", menu.checked);
  tell();
  menu.addEventListener("change", tell);
  mark.addEventListener("click", () => menu.click());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.checked) return;
    menu.click();
    mark.focus();
  });
  document.addEventListener("focusin", (event) => {
    if (menu.checked && event.target.closest(".md-content, .md-footer")) menu.click();
  });

  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

  for (const [number, box] of document.querySelectorAll("[data-filter]:not([data-catalogue])").entries()) {
    const items = [...box.querySelectorAll("tbody tr:not(.fg-group), dl > div, ul.fg-bibliography > li")];
    if (items.length < 12) continue;
    const texts = items.map((item) => plain(item.textContent));
    const id = `fg-filter-${number + 1}`;

    const bar = document.createElement("form");
    bar.className = "fg-filter";
    bar.setAttribute("role", "search");
    const caption = box.querySelector("caption");
    bar.setAttribute("aria-label", `Filter ${caption ? caption.textContent : box.dataset.filter}`);
    const label = document.createElement("label");
    label.htmlFor = id;
    label.textContent = `Filter ${box.dataset.filter}`;
    const field = document.createElement("input");
    field.id = id;
    field.type = "search";
    field.autocomplete = "off";
    const count = document.createElement("p");
    count.setAttribute("role", "status");
    bar.append(label, field, count);
    box.prepend(bar);
    bar.addEventListener("submit", (event) => event.preventDefault());

    const show = () => {
      const words = plain(field.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      items.forEach((item, index) => {
        const fits = words.every((word) => texts[index].includes(word));
        item.hidden = !fits;
        if (fits) shown += 1;
      });
      for (const body of box.querySelectorAll("tbody")) {
        const group = body.querySelector("tr.fg-group");
        if (group) group.hidden = !body.querySelector("tr:not(.fg-group):not([hidden])");
      }
      count.textContent = shown
        ? `${shown} of ${items.length} ${box.dataset.filter}`
        : `None of ${items.length} ${box.dataset.filter} has all of these words. Try fewer.`;
    };

    let pause;
    field.addEventListener("input", () => {
      show();
      clearTimeout(pause);
      pause = setTimeout(() => {
        const address = new URL(location.href);
        if (field.value) address.searchParams.set("filter", field.value);
        else address.searchParams.delete("filter");
        history.replaceState(history.state, "", address);
      }, 300);
    });
    field.value = new URLSearchParams(location.search).get("filter") ?? "";
    show();
  }
})();
