import { builtinModules } from 'node:module';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

/**
 * The main side: everything bundled but what cannot be (Electron itself, native add-ons), so that start-up reads a few files
 * and the packaged app carries no node_modules.
 *
 * Modes: `production` → dist/main; `desktop-test` → the window for the tests' Electron 33 (Node 20.18), which has no
 * `node:sqlite`; `preload` → the one CommonJS file a sandboxed preload must be. Run by src-main/hosts/launcher/build.mjs.
 */
export default defineConfig(({ mode }) => (mode === 'preload' ? preload : main(mode === 'desktop-test')));

const NATIVE = ['electron', 'keytar', '@photostructure/sqlite'];
/** Optional accelerators of `ws`, which does without. */
const OPTIONAL = ['bufferutil', 'utf-8-validate'];

/**
 * Libraries of which a small part is used and which load as a whole: the rest costs each start of the command line more than all of
 * our own code. What is named here and missing, or asked for and not named here, fails the build.
 */
const PARTS: Readonly<Record<string, string>> = {
  // Half of the bundle: fetch, WebSocket, caches and mocks.
  '/node_modules/undici/index.js': `
    import Dispatcher from './lib/dispatcher/dispatcher.js';
    import api from './lib/api/index.js';
    Object.assign(Dispatcher.prototype, api);
    export { Dispatcher };
    export { default as Agent } from './lib/dispatcher/agent.js';
    export { default as Pool } from './lib/dispatcher/pool.js';
    export { default as ProxyAgent } from './lib/dispatcher/proxy-agent.js';
    export { default as buildConnector } from './lib/core/connect.js';
    export { default as errors } from './lib/core/errors.js';`,
  // conf validates with it where it is given a schema; ours is zod's.
  '/node_modules/ajv/dist/2020.js': 'export class Ajv2020 {}',
  '/node_modules/ajv-formats/dist/index.js': 'export default {};',
};

const parts: Plugin = {
  name: 'parts-of-libraries',
  enforce: 'pre',
  load(id) {
    const path = id.replaceAll('\\', '/');
    return Object.entries(PARTS).find(([library]) => path.endsWith(library))?.[1];
  },
};

function main(desktopTest: boolean): UserConfig {
  return {
    publicDir: false,
    plugins: [parts],
    ...(desktopTest && { resolve: { alias: { 'node:sqlite': '@photostructure/sqlite' } } }),
    ssr: { noExternal: true, external: NATIVE },
    build: {
      ssr: true,
      target: desktopTest ? 'node20.18' : 'node24',
      minify: false,
      rolldownOptions: {
        input: desktopTest
          ? { electron: 'src-main/hosts/electron/main.ts' }
          : {
              electron: 'src-main/hosts/electron/main.ts',
              browser: 'src-main/hosts/browser/main.ts',
              cli: 'src-main/hosts/cli/main.ts',
            },
        external: [...NATIVE, ...OPTIONAL],
        // The tests' runtime does not wait for a module before it is ready, as Electron's own does: CommonJS loads at once.
        output: {
          format: desktopTest ? 'cjs' : 'es',
          entryFileNames: `[name].${desktopTest ? 'cjs' : 'js'}`,
          chunkFileNames: `[name]-[hash].${desktopTest ? 'cjs' : 'js'}`,
        },
      },
    },
  };
}

const preload: UserConfig = {
  publicDir: false,
  build: {
    ssr: true,
    target: 'chrome130',
    minify: false,
    rolldownOptions: {
      input: { preload: 'src-main/hosts/electron/preload.ts' },
      external: ['electron', ...builtinModules],
      output: { format: 'cjs', entryFileNames: '[name].cjs' },
    },
  },
};
