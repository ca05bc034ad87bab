import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The token server serves dist/. `npm run dev` serves the sources and passes API calls on to a running one.
const apiAddress = process.env.API_ADDRESS ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [react()],
  build: {
    target: "es2022",
    manifest: true,
    // Inlined files would be data: addresses, which the content security policy refuses for fonts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: {
    host: "127.0.0.1",
    port: 5173,
    // docs/privacy.md is a page, too.
    fs: { allow: ["../.."] },
    // The Origin of a proxied call must be the API's own, or its CSRF check refuses it.
    proxy: { "/api": { target: apiAddress, headers: { origin: apiAddress } } },
  },
});
