import { createContext, type FocusEvent, type KeyboardEvent, use } from 'react';

/** The stop of the Tab key, of all stops of the navigation. */
export const CurrentStop = createContext('');

/** What a link or button is given that the arrow keys go to. @param id stable and unique in the navigation */
export function useStop(id: string) {
  return { 'data-stop': id, tabIndex: use(CurrentStop) === id ? 0 : -1 } as const;
}

/** A button beside a stop, to which the arrow to the right leads. It is in the same element with `data-row`. */
export const BESIDE = { 'data-beside': true, tabIndex: -1 } as const;

/** The stop that has the focus, or whose button beside has. */
export function stopOf({ target }: FocusEvent | KeyboardEvent): string | undefined {
  if (!(target instanceof HTMLElement)) return undefined;
  if (target.dataset.beside === undefined) return target.dataset.stop;
  return target.closest('[data-row]')?.querySelector<HTMLElement>('[data-stop]')?.dataset.stop;
}

/** The arrow keys, Home and End among the stops of an element. */
export function moveAmongStops(event: KeyboardEvent<HTMLElement>): void {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
  const current = stopOf(event);
  if (current === undefined) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-stop]')];
  const at = stops.findIndex(({ dataset }) => dataset.stop === current);
  const row = stops[at]?.closest('[data-row]');
  const targets: Readonly<Record<string, HTMLElement | null | undefined>> = {
    ArrowDown: stops[at + 1],
    ArrowUp: stops[at - 1],
    Home: stops[0],
    End: stops.at(-1),
    ArrowRight: row?.querySelector<HTMLElement>('[data-beside]'),
    ArrowLeft: stops[at],
  };
  if (!(event.key in targets)) return;
  event.preventDefault();
  targets[event.key]?.focus();
}
