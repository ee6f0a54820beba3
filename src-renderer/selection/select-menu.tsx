import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Choosable, chooseBy, inverted } from './choosing.ts';

const RuleDialog = lazy(() =>
  import('./rule-dialog.tsx').then(({ RuleDialog }) => ({ default: RuleDialog })),
);

export interface SelectMenuProps {
  /** Rows that may be chosen: those that no filter hides. Asked for when they are needed. */
  shown: () => readonly Choosable[];
  /** All of the repository. */
  all: () => readonly Choosable[];
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  /** Loads what is not known of the rows; undefined where that is on its way or done. */
  onLoadAll?: (() => void) | undefined;
}

/** Chooses many rows at once: all that is shown, the others, by a rule. */
export function SelectMenu({ shown, all, selected, onSelect, onLoadAll }: SelectMenuProps) {
  const { t } = useTranslation();
  /** The dialog is open; whether it begins with images that have no other tags. */
  const [byRule, setByRule] = useState<{ alone: boolean }>();
  const names = () => shown().map(({ name }) => name);
  const alone = () => chooseBy(shown(), all(), { pattern: '', alone: true }, Date.now());
  return (
    <>
      <Menu position="bottom-start" withinPortal={false} floatingStrategy="fixed">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={12} />} data-action="select">
            {t('selection.menu.title')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onSelect(new Set([...selected, ...names()]))}>
            {t('selection.menu.all')}
          </Menu.Item>
          <Menu.Item onClick={() => onSelect(inverted(selected, names()))}>
            {t('selection.menu.invert')}
          </Menu.Item>
          <Menu.Item
            onClick={() => {
              const { names: found, unknown } = alone();
              // What could not be told is said there.
              if (unknown > 0) setByRule({ alone: true });
              else onSelect(new Set(found));
            }}
          >
            {t('selection.menu.alone')}
          </Menu.Item>
          <Menu.Item onClick={() => setByRule({ alone: false })}>{t('selection.menu.byRule')}</Menu.Item>
          <Menu.Divider />
          <Menu.Item disabled={selected.size === 0} onClick={() => onSelect(new Set())}>
            {t('selection.menu.clear')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {byRule && (
        <Suspense>
          <RuleDialog
            alone={byRule.alone}
            shown={shown()}
            all={all()}
            selected={selected}
            onSelect={onSelect}
            onLoadAll={onLoadAll}
            onClose={() => setByRule(undefined)}
          />
        </Suspense>
      )}
    </>
  );
}
