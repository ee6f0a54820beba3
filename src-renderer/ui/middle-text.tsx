import type { MouseEvent } from 'react';
import { cutPoint } from './cut-point.ts';
import classes from './middle-text.module.css';
import { seenText } from './seen-text.ts';

export interface MiddleTextProps {
  children: string;
}

/** The whole text as a tooltip, only where it is cut. */
function showCut(event: MouseEvent<HTMLElement>): void {
  const [whole] = event.currentTarget.children;
  if (whole && whole.scrollWidth > whole.clientWidth) event.currentTarget.title = whole.textContent;
  else event.currentTarget.removeAttribute('title');
}

/**
 * A text in one line that is cut in its middle where there is no room for it, so that its end can be read too: names often differ
 * there only. What is seen are two halves that the styles draw; what is read aloud, searched, marked and copied is the whole.
 */
export function MiddleText({ children }: MiddleTextProps) {
  // The halves are attributes, which the window's elements are not cleaned of what cannot be seen.
  const text = seenText(children);
  const at = cutPoint(text);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a tooltip of what can be read otherwise
    <span
      className={classes.text}
      data-head={text.slice(0, at)}
      data-tail={text.slice(at)}
      onMouseEnter={showCut}
    >
      <span className={classes.whole}>{text}</span>
    </span>
  );
}
