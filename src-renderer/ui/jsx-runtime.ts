import { jsx as createElement, jsxs as createElements, Fragment } from 'react/jsx-runtime';
import { seenText } from './seen-text.ts';

/**
 * What every element of the window is made by, those of the component library too: the build puts it in the place of React's own
 * (`seenTextOnly` in vite.config.ts). Registries, files and programs of others write whatever they like; no text of theirs reaches
 * the page, or what is read aloud of it, with characters that cannot be seen. What is typed, sent and copied is not changed.
 *
 * Only a component that answers with a bare string gets past it: it answers `<>{text}</>` instead.
 */
export { Fragment };

type Create = typeof createElement;
type Props = Readonly<Record<string, unknown>>;

/** Children, and attributes that are shown or read aloud. */
const SHOWN: ReadonlySet<string> = new Set([
  'children',
  'title',
  'alt',
  'placeholder',
  'data-hint',
  'aria-label',
  'aria-description',
  'aria-valuetext',
  'aria-roledescription',
]);

export const jsx: Create = (type, props, key) => createElement(type, seen(props as Props), key);
export const jsxs: Create = (type, props, key) => createElements(type, seen(props as Props), key);

/** Runs for every element of every render, so it goes through what the element has, once. */
function seen(props: Props): Props {
  let cleaned: Record<string, unknown> | undefined;
  for (const name in props) {
    if (!SHOWN.has(name)) continue;
    const value = props[name];
    const shown = seenParts(value);
    if (shown === value) continue;
    cleaned ??= { ...props };
    cleaned[name] = shown;
  }
  return cleaned ?? props;
}

/** Texts in a list as well; anything else as it is. */
function seenParts(value: unknown): unknown {
  if (typeof value === 'string') return seenText(value);
  if (!Array.isArray(value)) return value;
  let cleaned: unknown[] | undefined;
  for (const [index, part] of value.entries()) {
    const shown = seenParts(part);
    if (shown === part) continue;
    cleaned ??= value.slice();
    cleaned[index] = shown;
  }
  return cleaned ?? value;
}
