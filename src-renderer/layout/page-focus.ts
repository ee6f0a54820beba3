const GRID = '[role="grid"], [role="treegrid"]';
const FIELD = 'input, textarea, select';
/** The palette is on its way out when a page that was chosen in it comes. */
const DIALOG = '[role="dialog"]:not([data-passing])';
/** A panel over the page that can have the focus itself. */
const HOME = '[data-keeps-focus]';

/** What of a page has the focus when it was opened: its grid, or its heading as long as it has none. */
function targetIn(main: HTMLElement): HTMLElement {
  const grid = main.querySelector<HTMLElement>(GRID);
  if (grid) return grid;
  const heading = main.querySelector<HTMLElement>('h1');
  if (!heading) return main;
  heading.tabIndex = -1;
  return heading;
}

/** Gives a page the focus now. */
function focusPage(main: HTMLElement): void {
  targetIn(main).focus({ preventScroll: true });
}

/**
 * Gives a page that was opened the focus, and goes on from its heading to its grid when that comes, unless the focus was taken
 * elsewhere by then.
 *
 * @returns ends it
 */
export function focusOpenedPage(main: HTMLElement): () => void {
  let given: Element | null = null;
  const settled = (): boolean => {
    const active = document.activeElement;
    const isTaken = given
      ? active !== given && active !== document.body
      : active?.closest(DIALOG) || (active?.matches(FIELD) && main.contains(active));
    if (isTaken) return true;
    const target = targetIn(main);
    if (target !== active) target.focus({ preventScroll: true });
    given = target;
    return target.matches(GRID);
  };
  if (settled()) return () => {};
  const observer = new MutationObserver(() => {
    if (settled()) observer.disconnect();
  });
  observer.observe(main, { childList: true, subtree: true });
  return () => observer.disconnect();
}

/**
 * Keeps the focus in the window: where what had it goes away or is disabled, the dialog, the panel that it was in or else the page has
 * it, and it goes back to what can be used again.
 *
 * @returns ends it
 */
export function keepFocus(main: HTMLElement): () => void {
  let last: Element | null = document.activeElement;
  let home: HTMLElement | null = null;
  let stoodIn = false;
  const onFocus = (event: FocusEvent) => {
    if (event.target instanceof Element) {
      last = event.target;
      home = last.closest<HTMLElement>(HOME);
    }
    stoodIn = false;
  };
  const standIn = () => {
    const { activeElement } = document;
    // What is disabled has the focus until the browser takes it with one of the next pictures.
    if (!last || canHaveFocus(last) || (activeElement !== document.body && activeElement !== last)) return;
    const before = last;
    const dialog = [...document.querySelectorAll<HTMLElement>('[aria-modal="true"]')].at(-1);
    if (dialog) dialog.focus();
    else if (home?.isConnected) home.focus();
    else focusPage(main);
    last = before;
    stoodIn = true;
  };
  const observer = new MutationObserver(() => {
    if (!last) return;
    if (stoodIn && canHaveFocus(last) && last instanceof HTMLElement) last.focus();
    else standIn();
  });
  document.addEventListener('focusin', onFocus);
  observer.observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['disabled'],
  });
  return () => {
    document.removeEventListener('focusin', onFocus);
    observer.disconnect();
  };
}

const canHaveFocus = (element: Element) => element.isConnected && !element.matches(':disabled');
