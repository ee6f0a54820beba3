import { formatBytes } from './format.ts';
import { lateHint } from './late-hint.ts';
import classes from './text.module.css';

/** A size in decimal units, with the exact bytes in a tooltip. */
export function Bytes({ value }: { value: number }) {
  return (
    <span className={classes.number} {...lateHint({ of: 'bytes', bytes: value })}>
      {formatBytes(value)}
    </span>
  );
}
