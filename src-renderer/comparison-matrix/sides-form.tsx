import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconArrowsExchange, IconPlus, IconX } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { SIDES_MAX } from '../../src-main/common/comparison-matrix.ts';
import { AccountSelect } from '../accounts/account-select.tsx';
import classes from './matrix.module.css';
import { definitionOf, type MatrixSearch, readSide, SAME_NAMES, type SideDraft, sideText } from './search.ts';

export interface SidesFormProps {
  accounts: readonly Account[];
  search: MatrixSearch;
  /** Compares them; what is not known is looked at. */
  onCompare: (search: Pick<MatrixSearch, 'side' | 'rename'>) => void;
}

const EMPTY: SideDraft = { accountId: '', place: '' };

/** What is compared with what: registries, namespaces or repositories, the first of them with all others. */
export function SidesForm({ accounts, search, onCompare }: SidesFormProps) {
  const { t } = useTranslation();
  const given = search.side?.map(readSide) ?? [];
  const [sides, setSides] = useState<readonly SideDraft[]>(
    [...given, EMPTY, EMPTY].slice(0, Math.max(2, given.length)),
  );
  const [rename, setRename] = useState(search.rename ?? SAME_NAMES);
  const [tried, setTried] = useState(false);
  const change = (at: number, part: Partial<SideDraft>) =>
    setSides((before) => before.map((side, each) => (each === at ? { ...side, ...part } : side)));
  const isUnknown = ({ accountId }: SideDraft) =>
    accountId !== '' && !accounts.some(({ id }) => id === accountId);
  const problem = sides.some(isUnknown) ? 'gone' : problemOf(sides);
  const next = () => {
    const side = sides.map(({ accountId, place }) => sideText({ accountId, place: place.trim() }));
    return { side, rename: rename.trim() === SAME_NAMES ? undefined : rename.trim() || undefined };
  };
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!problem && definitionOf(next())) onCompare(next());
      }}
    >
      <div className={classes.sides}>
        {sides.map((side, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a side is its position
          <fieldset key={at} className={classes.side} data-side={at}>
            <legend>{sideName(t, at, sides.length)}</legend>
            <AccountSelect
              label={t('comparisonMatrix.registry')}
              unlabelled
              accounts={accounts}
              value={isUnknown(side) ? '' : side.accountId}
              error={
                isUnknown(side)
                  ? t('comparisonMatrix.problems.gone')
                  : tried && side.accountId === ''
                    ? t('comparisonMatrix.problems.registry')
                    : undefined
              }
              onChange={(accountId) => change(at, { accountId })}
            />
            <TextInput
              aria-label={t('comparisonMatrix.place')}
              data-hint={t('comparisonMatrix.place')}
              placeholder={t('comparisonMatrix.placeHint')}
              classNames={{ input: classes.mono ?? '' }}
              value={side.place}
              onChange={(event) => change(at, { place: event.currentTarget.value })}
            />
            {sides.length > 2 && (
              <ActionIcon
                className={classes.remove ?? ''}
                variant="subtle"
                color="gray"
                aria-label={t('comparisonMatrix.removeSide', { name: sideName(t, at, sides.length) })}
                onClick={() => setSides((before) => before.filter((_, each) => each !== at))}
              >
                <IconX size={16} />
              </ActionIcon>
            )}
          </fieldset>
        ))}
      </div>
      <div className={classes.formFoot}>
        <TextInput
          label={t('comparisonMatrix.rename')}
          classNames={{
            input: classes.mono ?? '',
            root: classes.rename ?? '',
            label: classes.renameLabel ?? '',
          }}
          value={rename}
          onChange={(event) => setRename(event.currentTarget.value)}
        />
        <Button
          variant="default"
          leftSection={<IconArrowsExchange size={14} />}
          onClick={() => setSides(([first, second, ...more]) => [second ?? EMPTY, first ?? EMPTY, ...more])}
        >
          {t('comparisonMatrix.swap')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconPlus size={14} />}
          disabled={sides.length >= SIDES_MAX}
          onClick={() => setSides((before) => [...before, EMPTY])}
        >
          {t('comparisonMatrix.addSide')}
        </Button>
        <Button type="submit">{t('comparisonMatrix.compare')}</Button>
      </div>
      {search.side === undefined && <p className={classes.quiet}>{t('comparisonMatrix.renameHelp')}</p>}
      {tried && problem && (
        <p className={classes.problem} role="alert">
          {t(`comparisonMatrix.problems.${problem}`)}
        </p>
      )}
    </form>
  );
}

/** Left and right, or by number. */
function sideName(t: TFunction, at: number, count: number): string {
  if (at === 0) return t('comparisonMatrix.left');
  return count === 2 ? t('comparisonMatrix.right') : t('comparisonMatrix.other', { number: at + 1 });
}

function problemOf(sides: readonly SideDraft[]): 'registry' | 'kinds' | 'twice' | undefined {
  if (sides.some(({ accountId }) => accountId === '')) return 'registry';
  const places = sides.map(({ place }) => place.trim());
  if (new Set(places.map((place) => place === '' || place.endsWith('/'))).size > 1) return 'kinds';
  return new Set(sides.map(sideText)).size < sides.length ? 'twice' : undefined;
}
