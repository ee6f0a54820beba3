import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const SEEN_TEXT = fileURLToPath(new URL('src-renderer/ui/jsx-runtime.ts', import.meta.url));

/** Every module but that one makes its elements by it, so that no text reaches the page past it. */
const seenTextOnly: Plugin = {
  name: 'seen-text-only',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source === 'react/jsx-runtime' && importer !== SEEN_TEXT ? SEEN_TEXT : undefined,
};

/**
 * V8 compiles the functions of a file that begins so when it loads the file, in a thread of its own, and not when each is called first:
 * that was a sixth of what the click cost that shows the first list. After what else is put before the code.
 */
const listsCompiledWhenLoaded: Plugin = {
  name: 'lists-compiled-when-loaded',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      for (const chunk of Object.values(bundle))
        if (chunk.type === 'chunk' && chunk.name === 'lists')
          chunk.code = `//# allFunctionsCalledOnLoad\n${chunk.code}`;
    },
  },
};

/** Build of the renderer: plain files, served by every host under its own Content-Security-Policy. */
export default defineConfig({
  root: 'src-renderer',
  // Deep links such as /registries/<id>/tags load the same index.html, so asset paths must be absolute.
  base: '/',
  plugins: [seenTextOnly, react(), listsCompiledWhenLoaded],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome120',
    // No inline script and no data: font may appear: the policy of the hosts refuses them.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        // A hundred small files are asked for one after another, and each waits for its turn: what is always needed together is one.
        codeSplitting: {
          groups: [
            { name: 'first', tags: ['$initial'], priority: 2 },
            {
              name: 'lists',
              test: /src-renderer[\\/](repositories[\\/]repositories|tags[\\/]tags)-page\.tsx$/,
              priority: 1,
            },
          ],
        },
      },
    },
  },
});
