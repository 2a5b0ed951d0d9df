/* Runs before a list is drawn. If its address asks for something, what would move once catalogue.js has
   narrowed the list stays out of sight until then, or until it is clear that nothing more will come. */
(() => {
  "use strict";

  if (!location.search) return;
  const root = document.documentElement;
  root.classList.add("fg-asked");
  setTimeout(() => root.classList.remove("fg-asked"), 5000);
})();
