import { Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lateHintWords } from './late-hint.ts';

/** How long the pointer rests before a hint shows. */
const REST_MS = 350;

/** An icon may have a hint too. */
type Target = HTMLElement | SVGElement;

interface Hint {
  /** The tooltip takes an element of HTML, or a reference to one: an icon is given as that. */
  anchor: { current: HTMLElement };
  text: string;
}

function hinted(element: EventTarget | null): Target | null {
  return element instanceof Element ? element.closest<Target>('[data-hint], [data-late-hint]') : null;
}

/**
 * Shows the `data-hint` or `data-late-hint` (above, or with `data-hint-side="right"` beside) of whatever is under the pointer or has the focus. One
 * tooltip for the whole window: a table's row may have half a dozen hints, and a tooltip component for each would make scrolling
 * stutter.
 */
export function HintLayer() {
  const { t, i18n } = useTranslation();
  const [hint, setHint] = useState<Hint | undefined>();
  useEffect(() => {
    let current: Target | null = null;
    /** Where the pointer came over it; undefined where it has the focus. */
    let at: { x: number; y: number } | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hide = () => {
      clearTimeout(timer);
      setHint(undefined);
    };
    const show = () => {
      // A row that was drawn anew while the pointer rested lies under it again, and no event says so.
      if (current?.isConnected === false && at) current = hinted(document.elementFromPoint(at.x, at.y));
      const { hint: said, lateHint: late } = current?.isConnected ? current.dataset : {};
      const text = late === undefined ? said : lateHintWords(late, t, i18n.language);
      setHint(current && text ? { anchor: { current: current as HTMLElement }, text } : undefined);
    };
    const enter = (event: Event) => {
      const target = hinted(event.target);
      at = event instanceof PointerEvent ? { x: event.clientX, y: event.clientY } : undefined;
      if (target === current) return;
      current = target;
      hide();
      if (target) timer = setTimeout(show, REST_MS);
    };
    const focus = (event: Event) => {
      if (event.target instanceof Element && event.target.matches(':focus-visible')) enter(event);
    };
    // What was clicked may say something else now ("Copied").
    const click = () => {
      clearTimeout(timer);
      if (current) timer = setTimeout(show);
    };
    const leave = () => {
      current = null;
      hide();
    };
    const dismiss = (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide();
    };
    const stop = new AbortController();
    const { signal } = stop;
    document.addEventListener('pointerover', enter, { signal });
    document.addEventListener('focusin', focus, { signal });
    document.addEventListener('focusout', leave, { signal });
    document.addEventListener('click', click, { signal });
    document.addEventListener('keydown', dismiss, { signal });
    document.addEventListener('scroll', leave, { signal, capture: true, passive: true });
    document.documentElement.addEventListener('pointerleave', leave, { signal });
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [t, i18n]);
  // A row that is drawn anew or a menu that closes takes its hint with it: what is nowhere would have it in the window's corner.
  useEffect(() => {
    if (!hint) return;
    const observer = new MutationObserver(() => {
      if (!hint.anchor.current.isConnected) setHint(undefined);
    });
    observer.observe(document.body, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [hint]);
  if (!hint) return null;
  return (
    <Tooltip
      opened
      // Inside the page's landmark, above everything, cut off by nothing.
      withinPortal={false}
      floatingStrategy="fixed"
      target={hint.anchor}
      label={hint.text}
      position={hint.anchor.current.dataset.hintSide === 'right' ? 'right' : 'top'}
    />
  );
}
