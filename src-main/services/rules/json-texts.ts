import { Turns } from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';

const TOKEN = /\s+|"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]|[-+.\w]+/gsy;
const ENDS: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/**
 * Texts of a JSON document by their keys, without making values of it: what a cluster says of itself has some hundred MB.
 *
 * @param isWanted by its key, and by the key of the object that it is in
 * @throws ServiceError `invalidInput` where it is no JSON, or its end is missing
 */
export async function* textsOfJson(
  text: string,
  isWanted: (key: string, parent: string) => boolean,
  signal: AbortSignal | undefined,
): AsyncGenerator<string, void, void> {
  const open: { end: string; key: string }[] = [];
  let [key, before, word] = ['', '', ''];
  const turns = new Turns();
  let at = 0;
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const [token] = TOKEN.exec(text) ?? [];
    if (token === undefined) throw bad();
    at += token.length;
    const [first = ''] = token;
    const end = ENDS[first];
    if (first === '"' && before === ':' && isWanted(key, open.at(-1)?.key ?? '')) yield unquoted(token);
    if (first === '"') word = token;
    else if (first === ':') key = unquoted(word);
    else if (end !== undefined) {
      open.push({ end, key: before === ':' ? key : '' });
    } else if (first === '}' || first === ']') {
      if (open.pop()?.end !== first) throw bad();
    }
    if (first.trim() !== '') before = first;
    if (turns.due) await turns.pass(signal);
  }
  if (open.length > 0) throw bad();
}

function unquoted(token: string): string {
  try {
    const value: unknown = JSON.parse(token);
    return String(value);
  } catch (cause) {
    throw bad(cause);
  }
}

function bad(cause?: unknown): ServiceError {
  return new ServiceError('invalidInput', 'It is no JSON, or the end of it is missing.', { cause });
}
