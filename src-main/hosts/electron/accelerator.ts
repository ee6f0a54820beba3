const NAMES: Readonly<Record<string, string>> = {
  mod: 'CommandOrControl',
  ctrl: 'Control',
  alt: 'Alt',
  shift: 'Shift',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
};

/**
 * A command's keys as Electron's menus write them. The page itself takes the keys; the menu shows them. On a Mac it would take those
 * without a modifier from whoever types: there it shows none of these.
 */
export function acceleratorOf(keys: string, platform: NodeJS.Platform): string | undefined {
  const parts = keys.split('+');
  if (parts.length === 1 && platform === 'darwin') return undefined;
  const key = parts.at(-1) ?? '';
  // Signs depend on the keyboard, which Electron does not look at.
  if (!/^(?:[A-Za-z0-9,.[\]/]|F\d{1,2}|Delete|Escape|Enter|Arrow(?:Left|Right|Up|Down))$/.test(key))
    return undefined;
  return parts.map((part) => NAMES[part] ?? part).join('+');
}
