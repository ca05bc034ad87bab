// Runs before the page: notes layout shifts, and when the room can be used.
(() => {
  const noted = { layoutShift: 0, usableMs: null };
  window.__measured = noted;
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) if (!shift.hadRecentInput) noted.layoutShift += shift.value;
  }).observe({ type: "layout-shift", buffered: true });

  const isUsable = () =>
    document.querySelector('[data-testid="interviewer-state"]') !== null &&
    [...document.querySelectorAll("button")].some((button) => button.textContent === "End" && !button.disabled);
  const look = () => {
    if (noted.usableMs !== null || !isUsable()) return;
    observer.disconnect();
    // Painted, and the main thread has time for a press.
    requestAnimationFrame(() => setTimeout(() => (noted.usableMs = performance.now())));
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true, attributes: true });
})();
