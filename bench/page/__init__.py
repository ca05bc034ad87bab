"""How fast and how heavy the page is, in Chromium on this machine, against the real stack."""
