import { useState } from 'react';
import { cutPoint } from './cut-point.ts';
import classes from './middle-text.module.css';
import { seenText } from './seen-text.ts';

export interface MiddleTextProps {
  children: string;
}

/**
 * A text in one line that is cut in its middle where there is no room for it, so that its end can be read too: names often differ
 * there only. What is seen are two halves that the styles draw; what is read aloud, searched, marked and copied is the whole.
 */
export function MiddleText({ children }: MiddleTextProps) {
  /** Seen when the pointer came: the whole text is a tooltip then. */
  const [isCut, setIsCut] = useState(false);
  // The halves are attributes, which the window's elements are not cleaned of what cannot be seen.
  const text = seenText(children);
  const at = cutPoint(text);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a tooltip of what can be read otherwise
    <span
      className={classes.text}
      data-head={text.slice(0, at)}
      data-tail={text.slice(at)}
      title={isCut ? text : undefined}
      onMouseEnter={({ currentTarget: { firstElementChild: whole } }) =>
        setIsCut(whole !== null && whole.scrollWidth > whole.clientWidth)
      }
    >
      <span className={classes.whole}>{text}</span>
    </span>
  );
}
