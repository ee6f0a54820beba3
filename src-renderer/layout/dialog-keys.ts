/** The palette is not meant: it hands over to pages while it goes. */
const MODAL = '[aria-modal="true"]:not([data-passing])';

/**
 * A dialog that has come is given the focus a moment later. Keys that are pressed before mean it, and reach nothing behind it: Escape would
 * give up what is selected there, Delete would ask for that. Escape closes the dialog all the same, which hears it before the document.
 *
 * @returns ends it
 */
export function keepKeysFromBehindDialogs(): () => void {
  const entered = new WeakSet<Element>();
  const onFocus = ({ target }: FocusEvent) => {
    const dialog = target instanceof Element ? target.closest(MODAL) : null;
    if (dialog) entered.add(dialog);
  };
  const onKey = (event: KeyboardEvent) => {
    const dialog = [...document.querySelectorAll(MODAL)].at(-1);
    if (!dialog || entered.has(dialog)) return;
    if (event.target instanceof Node && dialog.contains(event.target)) return;
    event.stopPropagation();
  };
  document.addEventListener('focusin', onFocus);
  document.addEventListener('keydown', onKey, { capture: true });
  return () => {
    document.removeEventListener('focusin', onFocus);
    document.removeEventListener('keydown', onKey, { capture: true });
  };
}
