import type { ReactNode } from 'react';
import classes from './find.module.css';

/** Results of one kind, under their title. */
export function Group({
  title,
  note,
  controls,
  children,
}: {
  title: string;
  /** How many there are, or what is not known. */
  note?: ReactNode;
  controls?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section aria-label={title}>
      <header className={classes.groupHead}>
        <h2>{title}</h2>
        {note !== undefined && <span className={classes.quiet}>{note}</span>}
        {controls}
      </header>
      {children}
    </section>
  );
}
