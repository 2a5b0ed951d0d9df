/* The theme fetches the search's index and starts its worker on every page, before anyone searches;
   most readers never do. Both wait here until the search is first used: until it has the focus, or
   the address asks for results (?q=) or for found words to be marked (?h=). Stands before the
   theme's script. */
(() => {
  "use strict";

  const used = new Promise((now) => {
    const asked = new URLSearchParams(location.search);
    if (asked.has("q") || asked.has("h")) now();
    document.addEventListener("focusin", ({ target }) => {
      if (target.closest("[data-md-component=search]")) now();
    });
    document.addEventListener("change", ({ target }) => {
      if (target.id === "__search") now();
    });
  });

  window.XMLHttpRequest = class extends XMLHttpRequest {
    open(method, address, ...rest) {
      this.waits = String(address).endsWith("/search/search_index.json");
      super.open(method, address, ...rest);
    }

    async send(body) {
      if (this.waits) await used;
      super.send(body);
    }
  };

  const Real = window.Worker;
  window.Worker = class extends EventTarget {
    constructor(address) {
      super();
      this.started = used.then(() => {
        const worker = new Real(address);
        worker.addEventListener("message", ({ data }) =>
          this.dispatchEvent(new MessageEvent("message", { data })));
        return worker;
      });
    }

    async postMessage(message) {
      (await this.started).postMessage(message);
    }
  };
})();
