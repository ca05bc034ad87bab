// Runs before the first paint, so that a dark page never flashes white. A file of its own: inline scripts are refused.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem("mantine-color-scheme-value");
  } catch {
    // Storage can be switched off; then the system's preference stands.
  }
  var systemIsDark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  var dark = chosen === "dark" || (chosen !== "light" && systemIsDark);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
