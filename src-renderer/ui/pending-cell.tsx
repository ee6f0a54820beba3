import classes from './pending-cell.module.css';

/** A grey bar in a cell whose content is on its way. */
export function PendingCell() {
  return <span className={classes.pending} data-pending aria-hidden />;
}
