import type { ReactNode } from 'react';
import classes from './facts.module.css';

/** A list of facts: names on the left, values on the right. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={classes.facts}>{children}</dl>;
}

export interface FactProps {
  name: string;
  children: ReactNode;
  mono?: boolean;
}

export function Fact({ name, children, mono = false }: FactProps) {
  return (
    <>
      <dt>{name}</dt>
      <dd className={mono ? classes.mono : undefined}>{children}</dd>
    </>
  );
}
