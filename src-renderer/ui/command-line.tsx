import classes from './command-line.module.css';
import { CopyButton } from './copy-button.tsx';

/** A command to run in a terminal, with a button that copies it. */
export function CommandLine({ value, label }: { value: string; label: string }) {
  return (
    <div className={classes.command}>
      <code>{value}</code>
      <CopyButton value={value} label={label} />
    </div>
  );
}
