import { createHash } from 'node:crypto';
import { builtinModules } from 'node:module';
import { basename, dirname } from 'node:path';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

/**
 * The main side: everything bundled but what cannot be (Electron itself, native add-ons), so that start-up reads a few files
 * and the packaged app carries no node_modules.
 *
 * Modes: `production` → dist/main; `program` → the command line's program, one CommonJS file that `start` loads with V8's code
 * cache; `start` → that, which its entry requires; `late` → what few commands load of it; `desktop-test` → the window for the tests' Electron 33 (Node 20.18), which has no `node:sqlite`; `preload` → the one
 * CommonJS file a sandboxed preload must be. Run by src-main/hosts/launcher/build.mjs.
 */
export default defineConfig(({ mode }) => {
  if (mode === 'preload') return preload;
  if (mode === 'start') return commonJs({ start: 'src-main/hosts/cli/start.ts' }, []);
  if (mode === 'program') return commonJs({ program: 'src-main/hosts/cli/program.ts' }, [late, ready]);
  if (mode === 'late') return commonJs(LATE, [], true);
  return main(mode === 'desktop-test');
});

/** Threads: each is a file of its own beside what starts it, named after the folder of its `worker.ts`. */
const WORKERS = {
  'inventory-worker': 'src-main/data/inventory/worker.ts',
  'audit-worker': 'src-main/data/audit/worker.ts',
};

/** What few commands need, each a file of its own beside the program: V8 reads all of a file before it runs. */
const LATE = {
  'local-registry': 'src-main/local-registry/index.ts',
  socks: 'node_modules/socks/build/index.js',
};

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
  // Nobody asks for HTTP/2, and Node's own takes its time.
  '/node_modules/undici/lib/dispatcher/client-h2.js': `
    module.exports = () => { throw new Error('HTTP/2 is not part of this build'); };`,
  // The same as modules, of which the unused rest is left out; it asks Node.js for nothing.
  '/node_modules/yaml/dist/index.js': "export * from '../browser/index.js';",
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

/** Where the code names the source of a thread, the bundle names its file. */
function workers(suffix: 'js' | 'cjs'): Plugin {
  const source = "new URL('./worker.ts', import.meta.url)";
  return {
    name: 'workers',
    enforce: 'pre',
    transform(code, id) {
      if (!code.includes(source)) return undefined;
      const name = `${basename(dirname(id))}-worker`;
      if (!(name in WORKERS)) throw new Error(`${id} starts a thread that is not built`);
      return code.replace(source, `new URL('./${name}.${suffix}', import.meta.url)`);
    },
  };
}

function main(desktopTest: boolean): UserConfig {
  const suffix = desktopTest ? 'cjs' : 'js';
  return {
    ...bundle(desktopTest ? 'node20.18' : 'node24', [workers(suffix)], {
      input: {
        electron: 'src-main/hosts/electron/main.ts',
        ...WORKERS,
        ...(!desktopTest && { browser: 'src-main/hosts/browser/main.ts', cli: 'src-main/hosts/cli/main.ts' }),
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

/** Where the program loads such a part, the bundle requires its file: a script that V8 compiled before cannot import. */
const late: Plugin = {
  name: 'late-parts',
  enforce: 'pre',
  async resolveId(source, importer, options) {
    const found = await this.resolve(source, importer, { ...options, skipSelf: true });
    const path = found?.id.replaceAll('\\', '/');
    const name = Object.entries(LATE).find(([, file]) => path?.endsWith(`/${file}`))?.[0];
    return name === undefined ? found : { id: `./${name}.cjs`, external: true };
  },
};

/** The program as `loadCompiled` takes it, made to begin soon. */
const ready: Plugin = {
  name: 'ready-to-start',
  generateBundle(_, files) {
    for (const file of Object.values(files)) {
      if (file.type !== 'chunk') continue;
      const code = ascii(loadedLate(file.code));
      const content = createHash('sha256').update(code).digest('hex').slice(0, 16);
      file.code = `// ${content}\n(function (exports, require, module, __filename, __dirname) {${code}\n})\n`;
    }
  },
};

/** So that V8 keeps the source in one byte for each character: a command begins 8 ms sooner (M). */
function ascii(code: string): string {
  return code.replace(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * Node.js's own modules, which the bundle loads at its top, are loaded when they are first used. With HTTP/2 left out, a command that
 * reads takes some 20 ms of processor time less (M).
 */
function loadedLate(code: string): string {
  const loads = new Map<string, string>();
  const rest = code.replace(
    /^let (\w+) = (require\("node:[^"]+"\));\n(?:\1 = __toESM\(\1, 1\);\n)?/gm,
    (statement, name: string, load: string) => {
      loads.set(name, statement.includes('__toESM') ? `__toESM(${load}, 1)` : load);
      return '';
    },
  );
  if (loads.size === 0) throw new Error('The bundle loads its modules in another way than expected');
  const names = new RegExp(`(?<![\\w$.])(?:${[...loads.keys()].join('|')})(?![\\w$])`, 'g');
  const functions = [...loads].map(
    ([name, load]) => `let ${name}$;\nfunction ${name}() { return ${name}$ ??= ${load}; }\n`,
  );
  return functions.join('') + rest.replace(names, '($&())');
}

function commonJs(
  input: Readonly<Record<string, string>>,
  plugins: readonly Plugin[],
  codeSplitting = false,
): UserConfig {
  const output = {
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name]-[hash].cjs',
    codeSplitting,
    dynamicImportInCjs: false,
  } as const;
  // V8's code cache holds what ran before; wrappers that ask to be compiled at once fill it with what never does.
  const optimization = { pifeForModuleWrappers: false };
  return bundle('node24', [workers('js'), ...plugins], { input, output, optimization });
}

function bundle(
  target: string,
  plugins: readonly Plugin[],
  options: NonNullable<NonNullable<UserConfig['build']>['rolldownOptions']>,
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
