import classes from './monogram.module.css';
import type { Monogram as Made } from './monograms.ts';

/** A registry at a glance; its name stands beside it, or is that of what it is in. */
export function Monogram({ letters, colour, size = 20 }: Made & { size?: number }) {
  return (
    <span
      aria-hidden
      className={classes.monogram}
      style={{ width: size, height: size, background: colour, fontSize: Math.round(size * 0.52) }}
    >
      {letters}
    </span>
  );
}
