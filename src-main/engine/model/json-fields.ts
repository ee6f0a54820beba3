/**
 * Fields of documents that others wrote. Absent, null, empty and of another type are the same: one odd optional field costs itself
 * and nothing else. Plain loops, since a document may have hundreds of thousands of them.
 */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Characters of one text that are kept. */
const TEXT_MAX = 65_536;
/** Annotations or labels of one document that are kept; real ones have some dozens. */
const TEXTS_MAX = 2_000;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a field says anything. */
export function isTold(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

export const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {});
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Undefined also for a text longer than `max` characters. */
export function textOf(value: unknown, max = TEXT_MAX): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= max ? value : undefined;
}

export const textsOf = (value: unknown): readonly string[] =>
  listOf(value).filter((item) => typeof item === 'string');

/** Annotations, labels: those entries that are texts, the first 2,000 of them. */
export function textMapOf(value: unknown): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  if (!isObject(value)) return kept;
  let count = 0;
  for (const key in value) {
    const entry = value[key];
    if (typeof entry !== 'string') continue;
    kept[key] = entry;
    if (++count === TEXTS_MAX) break;
  }
  return kept;
}

/** Bytes, also where they are written as a text. Undefined where no exact number can be read. */
export function bytesOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) && (number as number) >= 0 ? (number as number) : undefined;
}
