import type { ReactNode } from 'react';
import classes from './plans.module.css';

/** What a plan would do, a line for each kind of effect. */
export function PlanLines({ children }: { children: ReactNode }) {
  return <ul className={classes.lines}>{children}</ul>;
}
