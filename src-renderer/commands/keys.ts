/** What of a key press counts. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

interface Keys {
  readonly key: string;
  readonly modifiers: ReadonlySet<string>;
}

function parse(keys: string): Keys {
  const parts = keys.split('+');
  return { key: parts.at(-1) ?? '', modifiers: new Set(parts.slice(0, -1)) };
}

/** Whether a press is of these keys, with no other modifier. */
export function matchesKeys(keys: string, press: KeyPress, isMac: boolean): boolean {
  const { key, modifiers } = parse(keys);
  const mod = modifiers.has('mod');
  if (press.ctrlKey !== (modifiers.has('ctrl') || (mod && !isMac))) return false;
  if (press.metaKey !== (mod && isMac)) return false;
  if (press.altKey !== modifiers.has('alt')) return false;
  // A sign may need Shift, which one depends on the keyboard.
  if (!isSign(key) && press.shiftKey !== modifiers.has('shift')) return false;
  return letterOf(press).toLowerCase() === key.toLowerCase();
}

const isSign = (key: string) => /^[^\p{L}\s]$/u.test(key);

/** A keyboard of another script has the letters of this one in their places. */
function letterOf({ key, code }: KeyPress): string {
  const isForeign = key.length === 1 && key > '\u007e';
  return isForeign ? (/^Key([A-Z])$/.exec(code)?.[1] ?? key) : key;
}

const NAMES: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Delete: 'Del',
  Escape: 'Esc',
};
const MAC_SIGNS: Readonly<Record<string, string>> = { mod: '⌘', ctrl: '⌃', alt: '⌥', shift: '⇧' };
const OTHER_NAMES: Readonly<Record<string, string>> = {
  mod: 'Ctrl',
  ctrl: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
};

/** Keys as they are printed on a keyboard: `⌘K`, `Ctrl K`. */
export function keysText(keys: string, isMac: boolean): string {
  const { key, modifiers } = parse(keys);
  const names = isMac ? MAC_SIGNS : OTHER_NAMES;
  const name = isMac && key === 'Delete' ? '⌦' : (NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key));
  return [...[...modifiers].map((each) => names[each] ?? each), name].join(isMac ? '' : ' ');
}
