import { Button, Checkbox, NumberInput, Text, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/dialog.tsx';
import { DialogForm } from '../ui/dialog-form.tsx';
import { formatCount } from '../ui/format.ts';
import { namesText } from '../ui/names.ts';
import { type Choosable, chooseBy } from './choosing.ts';

/** Names of what matches that are written out. */
const NAMED = 6;

export interface RuleDialogProps {
  shown: readonly Choosable[];
  all: readonly Choosable[];
  /** It begins with images that have no other tags. */
  alone: boolean;
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  onLoadAll: (() => void) | undefined;
  onClose: () => void;
}

/** Chooses tags by name, age and whether they are the only one of their image; how many match is said while typing. */
export function RuleDialog({
  shown,
  all,
  selected,
  onSelect,
  onLoadAll,
  onClose,
  ...props
}: RuleDialogProps) {
  const { t, i18n } = useTranslation();
  const [pattern, setPattern] = useState('');
  const [olderThan, setOlderThan] = useState<number>();
  const [alone, setAlone] = useState(props.alone);
  const [now] = useState(() => Date.now());
  const isEmpty = pattern.trim() === '' && olderThan === undefined && !alone;
  const { names, unknown } = useMemo(
    () => (isEmpty ? { names: [], unknown: 0 } : chooseBy(shown, all, { pattern, olderThan, alone }, now)),
    [shown, all, isEmpty, pattern, olderThan, alone, now],
  );
  const words = (count: number) => ({ count, formatted: formatCount(count, i18n.language) });
  const choose = (chosen: Iterable<string>) => {
    onSelect(new Set(chosen));
    onClose();
  };
  return (
    <Dialog opened onClose={onClose} title={t('selection.rule.title')}>
      <DialogForm
        onClose={onClose}
        onSubmit={() => names.length > 0 && choose(names)}
        submit={{
          label: t('selection.rule.select', words(names.length)),
          disabled: names.length === 0,
        }}
        actions={
          selected.size > 0 && (
            <Button
              variant="default"
              disabled={names.length === 0}
              onClick={() => choose([...selected, ...names])}
            >
              {t('selection.rule.add')}
            </Button>
          )
        }
      >
        <TextInput
          data-autofocus
          label={t('selection.rule.pattern')}
          description={t('selection.rule.patternHelp')}
          placeholder={t('selection.rule.patternExample')}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          value={pattern}
          onChange={(event) => setPattern(event.currentTarget.value)}
        />
        <NumberInput
          label={t('selection.rule.olderThan')}
          description={t('selection.rule.olderThanHelp')}
          styles={{ wrapper: { width: 160 } }}
          min={0}
          max={36_500}
          allowDecimal={false}
          allowNegative={false}
          value={olderThan ?? ''}
          onChange={(value) => setOlderThan(typeof value === 'number' ? value : undefined)}
        />
        <Checkbox
          label={t('selection.rule.alone')}
          checked={alone}
          onChange={(event) => setAlone(event.currentTarget.checked)}
        />
        <div aria-live="polite" data-testid="matching">
          <Text fz="sm" fw={600}>
            {isEmpty
              ? t('selection.rule.nothing')
              : t('selection.rule.matching', {
                  ...words(names.length),
                  total: formatCount(shown.length, i18n.language),
                })}
          </Text>
          {names.length > 0 && (
            <Text fz="xs" c="dimmed" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
              {namesText(t, names, NAMED)}
            </Text>
          )}
          {unknown > 0 && (
            <Text fz="sm" c="dimmed">
              {t('selection.rule.unknown', words(unknown))}{' '}
              {onLoadAll && (
                <Button size="compact-xs" variant="default" onClick={onLoadAll}>
                  {t('selection.rule.loadAll')}
                </Button>
              )}
            </Text>
          )}
        </div>
      </DialogForm>
    </Dialog>
  );
}
