/**
 * Lets the threads of databases run what `build-thread.ts` has built, instead of their sources: preloaded by vitest.config.ts and by
 * tests that start programs. Node.js strips types by WebAssembly, and V8 now and then crashes (SIGSEGV) where several threads of a
 * process do so at once. Built programs have no types, and nothing of this.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';

/** The folder with them, by the names of theirs in `src-main/data`. */
const { WHARFINGER_TEST_THREAD: built } = process.env;

if (built) {
  registerHooks({
    load(url, context, nextLoad) {
      const name = /\/src-main\/data\/(\w+)\/worker[.]ts$/.exec(url)?.[1];
      if (name === undefined) return nextLoad(url, context);
      return {
        format: 'module',
        shortCircuit: true,
        source: readFileSync(join(built, `${name}.js`), 'utf8'),
      };
    },
  });
}
