import type { ReactNode } from 'react';
import classes from './section.module.css';

/** A part of a form under a title of its own, on a narrow `Page`. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.section} aria-label={title}>
      <h2>{title}</h2>
      <div>{children}</div>
    </section>
  );
}
