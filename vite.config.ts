import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Build of the renderer: plain files, served by every host under its own Content-Security-Policy. */
export default defineConfig({
  root: 'src-renderer',
  // Deep links such as /registries/<id>/tags load the same index.html, so asset paths must be absolute.
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome120',
    // No inline script and no data: font may appear: the policy of the hosts refuses them.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
  },
});
