import { useTabIndex } from './row-focus.ts';
import classes from './row-menu.module.css';

export interface MoreButtonProps {
  label: string;
  onClick: (button: HTMLElement) => void;
}

/** The three dots of a row that open its menu. */
export function MoreButton({ label, onClick }: MoreButtonProps) {
  return (
    <button
      type="button"
      className={classes.more}
      aria-label={label}
      aria-haspopup="menu"
      tabIndex={useTabIndex()}
      onClick={(event) => onClick(event.currentTarget)}
    />
  );
}
