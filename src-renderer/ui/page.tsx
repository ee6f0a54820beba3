import type { ReactNode } from 'react';
import classes from './page.module.css';

export interface PageProps {
  children: ReactNode;
  /** For forms and text: lines stay readable on wide windows. */
  narrow?: boolean;
}

/** The frame of every page: fills the centre and scrolls by itself; a `VirtualTable` inside takes the height that is left. */
export function Page({ children, narrow = false }: PageProps) {
  return (
    <div className={classes.page}>{narrow ? <div className={classes.narrow}>{children}</div> : children}</div>
  );
}
