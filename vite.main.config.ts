import { builtinModules } from 'node:module';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

/**
 * The main side: everything bundled but what cannot be (Electron itself, native add-ons), so that start-up reads a few files
 * and the packaged app carries no node_modules.
 *
 * Modes: `production` → dist/main; `program` → the command line's program, one CommonJS file that its entry loads with V8's code
 * cache; `desktop-test` → the window for the tests' Electron 33 (Node 20.18), which has no `node:sqlite`; `preload` → the one
 * CommonJS file a sandboxed preload must be. Run by src-main/hosts/launcher/build.mjs.
 */
export default defineConfig(({ mode }) => {
  if (mode === 'preload') return preload;
  return mode === 'program' ? program() : main(mode === 'desktop-test');
});

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
  const suffix = desktopTest ? 'cjs' : 'js';
  return {
    ...bundle(desktopTest ? 'node20.18' : 'node24', {
      input: desktopTest
        ? { electron: 'src-main/hosts/electron/main.ts' }
        : {
            electron: 'src-main/hosts/electron/main.ts',
            browser: 'src-main/hosts/browser/main.ts',
            cli: 'src-main/hosts/cli/main.ts',
          },
      // The tests' runtime does not wait for a module before it is ready, as Electron's own does: CommonJS loads at once.
      output: {
        format: desktopTest ? 'cjs' : 'es',
        entryFileNames: `[name].${suffix}`,
        chunkFileNames: `[name]-[hash].${suffix}`,
      },
    }),
    ...(desktopTest && { resolve: { alias: { 'node:sqlite': '@photostructure/sqlite' } } }),
  };
}

/** So that V8 keeps the source in one byte for each character: a command begins 8 ms sooner (M). */
const ascii: Plugin = {
  name: 'ascii',
  generateBundle(_, files) {
    for (const file of Object.values(files)) {
      if (file.type !== 'chunk') continue;
      file.code = file.code.replace(
        /[\u0080-\uffff]/g,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
    }
  },
};

function program(): UserConfig {
  const output = { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false } as const;
  return bundle('node24', { input: { program: 'src-main/hosts/cli/program.ts' }, output }, [ascii]);
}

function bundle(
  target: string,
  options: NonNullable<NonNullable<UserConfig['build']>['rolldownOptions']>,
  plugins: readonly Plugin[] = [],
): UserConfig {
  return {
    publicDir: false,
    plugins: [parts, ...plugins],
    ssr: { noExternal: true, external: NATIVE },
    build: {
      ssr: true,
      target,
      minify: false,
      rolldownOptions: { ...options, external: [...NATIVE, ...OPTIONAL] },
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
