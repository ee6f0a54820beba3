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

/** Attributes that are shown or read aloud. */
const SHOWN = [
  'title',
  'alt',
  'placeholder',
  'data-hint',
  'aria-label',
  'aria-description',
  'aria-valuetext',
  'aria-roledescription',
];

export const jsx: Create = (type, props, key) => createElement(type, seen(props as Props), key);
export const jsxs: Create = (type, props, key) => createElements(type, seen(props as Props), key);

function seen(props: Props): Props {
  let cleaned: Record<string, unknown> | undefined;
  const put = (name: string, value: unknown) => {
    if (value === props[name]) return;
    cleaned ??= { ...props };
    cleaned[name] = value;
  };
  put('children', seenChildren(props.children));
  for (const name of SHOWN) if (typeof props[name] === 'string') put(name, seenText(props[name]));
  return cleaned ?? props;
}

function seenChildren(children: unknown): unknown {
  if (typeof children === 'string') return seenText(children);
  if (!Array.isArray(children) || !children.some((child) => seenChildren(child) !== child)) return children;
  return children.map(seenChildren);
}
