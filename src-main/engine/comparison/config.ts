import type { ImageConfig } from '../model/image.ts';
import type { ConfigField } from '../vocabulary/comparison.ts';
import { isSecretLooking } from './secret-looking.ts';

type Value = string | readonly string[] | null;

export interface ConfigRow {
  field: ConfigField;
  /** The name of a variable, or of a label. */
  key?: string;
  /** Null where a side has none. */
  left: Value;
  right: Value;
  secret: boolean;
}

const LISTS = ['entrypoint', 'command', 'exposedPorts', 'volumes', 'healthcheck'] as const;
/** In whatever order they are written. */
const SETS: ReadonlySet<ConfigField> = new Set(['exposedPorts', 'volumes']);
const TEXTS = ['user', 'workingDir', 'stopSignal', 'author', 'created'] as const;

/** What of two configurations differs. */
export function configRows(left: ImageConfig, right: ImageConfig): ConfigRow[] {
  const rows: ConfigRow[] = [];
  const add = (field: ConfigField, one: Value, other: Value, key?: string): void => {
    if (JSON.stringify(one) === JSON.stringify(other)) return;
    const secret = [one, other].some((value) =>
      [value ?? []].flat().some((text) => isSecretLooking(key ?? '', text)),
    );
    rows.push({ field, ...(key === undefined ? {} : { key }), left: one, right: other, secret });
  };
  const addNamed = (field: 'environment' | 'labels', one: Named, other: Named): void => {
    for (const key of new Set([...one.keys(), ...other.keys()]))
      add(field, one.get(key) ?? null, other.get(key) ?? null, key);
  };
  add('platform', platformText(left), platformText(right));
  addNamed('environment', variablesOf(left), variablesOf(right));
  for (const field of LISTS) add(field, listOf(field, left), listOf(field, right));
  for (const field of TEXTS) add(field, left[field] ?? null, right[field] ?? null);
  addNamed('labels', new Map(Object.entries(left.labels)), new Map(Object.entries(right.labels)));
  return rows;
}

type Named = ReadonlyMap<string, string>;

/** The last of a name counts, as where a container starts. */
function variablesOf({ environment }: ImageConfig): Named {
  return new Map(
    environment.map((line) => {
      const at = line.indexOf('=');
      return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}

function listOf(field: (typeof LISTS)[number], config: ImageConfig): readonly string[] | null {
  const list = config[field];
  if (list.length === 0) return null;
  return SETS.has(field) ? [...list].sort() : list;
}

function platformText({ platform }: ImageConfig): string {
  const { os, architecture, variant, osVersion } = platform;
  const system = osVersion === undefined ? os : `${os}(${osVersion})`;
  return [system, architecture, variant].filter((word) => word !== undefined && word !== '').join('/');
}
