import { IconCheck, IconMinus } from '@tabler/icons-react';
import classes from './virtual-table.module.css';

export interface CheckBoxProps {
  label: string;
  checked: boolean | 'mixed';
  tabIndex: 0 | -1;
  onClick?: (event: React.MouseEvent<HTMLButtonElement>) => void;
}

/** A table's checkbox: Mantine's costs a dozen elements and a style lookup each, too much for rows that scroll. */
export function CheckBox({ label, checked, tabIndex, onClick }: CheckBoxProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: an input cannot show "mixed" from markup, and this one is drawn by us
    <button
      type="button"
      role="checkbox"
      className={classes.box}
      aria-checked={checked}
      aria-label={label}
      tabIndex={tabIndex}
      onClick={onClick}
    >
      {checked === 'mixed' ? (
        <IconMinus size={12} stroke={3} />
      ) : checked ? (
        <IconCheck size={12} stroke={3} />
      ) : null}
    </button>
  );
}
