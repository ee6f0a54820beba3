import { settings as shapes } from '../../../common/settings.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../failures.ts';
import { print, printJson } from '../output.ts';
import { Table } from '../table.ts';

/** Lists have commands and pages of their own. */
const LISTS: ReadonlySet<string> = new Set(['approvedHosts', 'pins']);

/** `settings [NAME [VALUE]]`: all of one value, one of them, or that one changed. */
export async function showSettings(
  { core, json }: Context,
  name: string | undefined,
  value: string | undefined,
): Promise<void> {
  if (name !== undefined && value !== undefined) core.settings.change(changeOf(name, value));
  const all = Object.entries(core.settings.get()).filter(([key]) => !LISTS.has(key));
  const shown = name === undefined ? all : all.filter(([key]) => key === name);
  if (name !== undefined && shown.length === 0) throw unknown(name);
  if (json) await printJson(Object.fromEntries(shown));
  else await print(new Table(['', '']).lines(shown.map(([key, set]) => [key, String(set)])));
}

/** @throws UsageError */
function changeOf(name: string, value: string): Record<string, unknown> {
  const shape = Object.entries(shapes.shape).find(([key]) => key === name && !LISTS.has(key))?.[1];
  if (!shape) throw unknown(name);
  const meant = [value, value === 'true' ? true : value === 'false' ? false : undefined, Number(value)];
  for (const one of meant) {
    const read = shape.safeParse(one);
    if (read.success) return { [name]: read.data };
  }
  throw new UsageError(`${name} cannot be "${value}".`);
}

function unknown(name: string): UsageError {
  return new UsageError(`No setting ${name}: "wharfinger settings" lists them.`);
}
