import { type ReactNode, useId } from 'react';
import classes from './card.module.css';

export interface CardProps {
  title: string;
  /** Over all columns of a grid. */
  wide?: boolean;
  /** Name for tests. */
  testId?: string;
  children: ReactNode;
}

/** A framed part of a page under a title of its own. */
export function Card({ title, wide = false, testId, children }: CardProps) {
  const id = useId();
  return (
    <section className={classes.card} data-wide={wide || undefined} aria-labelledby={id} data-testid={testId}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
