import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Measurement } from './report.ts';

const TARGET_KB = 350;

/**
 * The script that the first page needs before it can be drawn: what index.html names, and all that is imported statically from
 * there. What is loaded on demand (charts, pages) is counted apart.
 */
export async function measureBundle(renderer: string): Promise<Measurement[]> {
  const page = await readFile(path.join(renderer, 'index.html'), 'utf8');
  const entries = [...page.matchAll(/<(?:script|link)[^>]*?(?:src|href)="(\/[^"]+\.js)"/g)].map(
    ([, file = '']) => file,
  );
  if (entries.length === 0) throw new Error('index.html names no script');
  const scripts = new Map<string, number>();
  const visit = async (file: string): Promise<void> => {
    if (scripts.has(file)) return;
    const code = await readFile(path.join(renderer, file));
    scripts.set(file, gzipSync(code).length);
    for (const imported of staticImports(code.toString())) {
      await visit(path.posix.join(path.posix.dirname(file), imported));
    }
  };
  for (const entry of entries) await visit(entry);

  const all = await sizeOfAll(renderer, '.js');
  const styles = [...page.matchAll(/<link[^>]*?href="(\/[^"]+\.css)"/g)].map(([, file = '']) => file);
  const sheets = await Promise.all(
    styles.map(async (file) => gzipSync(await readFile(path.join(renderer, file))).length),
  );
  const initial = sum([...scripts.values()]);
  return [
    {
      what: 'Initial script of the page, gzip',
      value: initial / 1000,
      unit: 'kB',
      target: TARGET_KB,
      note: `${scripts.size} files`,
    },
    { what: 'Script loaded on demand, gzip', value: (all - initial) / 1000, unit: 'kB' },
    { what: 'Initial styles, gzip', value: sum(sheets) / 1000, unit: 'kB' },
  ];
}

/** Specifiers of the `import` and `export … from` statements of built code, which has relative ones only. */
function staticImports(code: string): string[] {
  // `import("./x.js")` is loaded on demand: the parenthesis distinguishes it.
  const statements = code.matchAll(/(?:\bimport|\bfrom)\s*["'](\.\.?\/[^"']+\.js)["']/g);
  return [...statements].map(([, file = '']) => file);
}

async function sizeOfAll(folder: string, extension: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const sizes = names
    .filter((name) => name.endsWith(extension))
    .map(async (name) => gzipSync(await readFile(path.join(folder, name))).length);
  return sum(await Promise.all(sizes));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
