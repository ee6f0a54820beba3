import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

export interface EmptyStateProps {
  /** An icon element of about 24 px. */
  icon: ReactNode;
  title: string;
  /** Heading level: 1 where it is the whole page. */
  level?: 1 | 2;
  /** What it means and what to do. */
  children?: ReactNode;
  /** The button that helps, or two. */
  action?: ReactNode;
}

/** Where there is nothing: what that means, and what to do about it. */
export function EmptyState({ icon, title, level = 2, children, action }: EmptyStateProps) {
  const Heading = `h${level}` as const;
  return (
    <div className={classes.empty}>
      <span className={classes.icon} aria-hidden>
        {icon}
      </span>
      <Heading>{title}</Heading>
      {children && <div className={classes.text}>{children}</div>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}
