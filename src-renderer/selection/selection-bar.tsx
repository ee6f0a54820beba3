import { CloseButton } from '@mantine/core';
import { IconGripVertical } from '@tabler/icons-react';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Command } from '../commands/command.ts';
import { keysText } from '../commands/keys.ts';
import { useCommands } from '../commands/use-commands.ts';
import { useIsMac } from '../commands/use-is-mac.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { formatCount } from '../ui/format.ts';
import classes from './selection-bar.module.css';
import type { Armed } from './use-armed.ts';

export interface SelectionBarProps {
  /** How many of what are chosen. */
  title: string;
  /** What they are and what would become of them, part by part. */
  summary: readonly ReactNode[];
  /** What a filter hides of it. */
  armed?: Omit<Armed, 'names'> | undefined;
  /** Its buttons; their keys work while the bar is there, and the palette has them. */
  actions: readonly Command[];
  /** Beside the actions, before those that are dangerous: a menu, say. */
  children?: ReactNode;
  /** It can be dragged: puts into the drag what is chosen. */
  onDrag?: ((transfer: DataTransfer) => void) | undefined;
  onClear: () => void;
}

/**
 * What is chosen in a table, and what can be done with it: at the bottom of the page, behind the table in the order of Tab. Escape and
 * its last button give the choice up; the keys go on in the table then.
 */
export function SelectionBar(props: SelectionBarProps) {
  const { title, summary, armed, actions, children, onDrag, onClear } = props;
  const { t } = useTranslation();
  const bar = useFocusBack();
  const isMac = useIsMac();
  useCommands(actions);
  const button = ({ id, label, short, keys: [keys] = [], reason, danger = false, run }: Command) => (
    <ActionButton
      key={id}
      data-action={id}
      data-danger={danger || undefined}
      classNames={{ root: classes.action ?? '' }}
      variant="default"
      reason={reason}
      {...(keys !== undefined && { 'aria-keyshortcuts': keys })}
      onClick={run}
    >
      {short ?? label}
      {keys !== undefined && (
        <kbd aria-hidden className={classes.keys}>
          {keysText(keys, isMac)}
        </kbd>
      )}
    </ActionButton>
  );
  return (
    <section
      ref={bar}
      className={classes.bar}
      data-bottom-bar
      aria-label={t('selection.label')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onClear();
      }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it is for the pointer; keys copy by the button beside it */}
      <div
        className={classes.chosen}
        draggable={onDrag !== undefined}
        onDragStart={(event) => onDrag?.(event.dataTransfer)}
      >
        {onDrag && (
          <span className={classes.grip} data-hint={t('selection.dragHelp')} aria-hidden>
            <IconGripVertical size={14} />
          </span>
        )}
        <div className={classes.words} aria-live="polite">
          <strong data-testid="selected">{title}</strong>
          {summary.map((part, position) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts are always the same ones
            <span key={position} className={classes.part}>
              {part}
            </span>
          ))}
          {armed && armed.hidden > 0 && <Hidden {...armed} />}
        </div>
      </div>
      <div className={classes.actions}>
        {actions.filter(({ danger }) => !danger).map(button)}
        {children}
        {actions.filter(({ danger }) => danger).map(button)}
        <CloseButton
          variant="transparent"
          className={classes.close ?? ''}
          aria-label={t('selection.clear')}
          data-hint={t('selection.clear')}
          onClick={onClear}
        />
      </div>
    </section>
  );
}

/** That a filter hides some of what is chosen, and whether it is acted on all the same. */
function Hidden({ total, hidden, takesHidden, setTakesHidden }: Omit<Armed, 'names'>) {
  const { t, i18n } = useTranslation();
  const [count, all] = [formatCount(hidden, i18n.language), formatCount(total, i18n.language)];
  return (
    <label className={classes.hidden}>
      <input
        type="checkbox"
        checked={takesHidden}
        onChange={(event) => setTakesHidden(event.currentTarget.checked)}
      />
      {t('selection.hidden', { count: hidden, formatted: count, total: all })}
    </label>
  );
}

/** When the bar goes with the focus in it, the table has it. */
function useFocusBack() {
  const bar = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = bar.current;
    return () => {
      if (!element?.contains(document.activeElement)) return;
      const main = element.closest('main') ?? document.querySelector('main');
      (main?.querySelector<HTMLElement>('[role="grid"], [role="treegrid"]') ?? main)?.focus();
    };
  }, []);
  return bar;
}
