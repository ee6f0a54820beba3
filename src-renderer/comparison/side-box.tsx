import { Button, Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import type { ComparedSide } from '../../src-main/common/comparison.ts';
import { hasTags, takeTags } from '../copy/dragged-tags.ts';
import { Bytes } from '../ui/bytes.tsx';
import { Digest } from '../ui/digest.tsx';
import { MiddleText } from '../ui/middle-text.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import classes from './comparison.module.css';
import { SideDialog } from './side-dialog.tsx';
import { type Side, sideText } from './sides.ts';

export interface SideBoxProps {
  which: 'left' | 'right';
  accounts: readonly Account[];
  side: Side | undefined;
  other: Side | undefined;
  /** What is there, once it was asked. */
  found: ComparedSide | undefined;
  busy: boolean;
  onChoose: (side: Side) => void;
}

/** One side: what it is, what is there, and the way to another one. A tag that is dragged here takes its place. */
export function SideBox({ which, accounts, side, other, found, busy, onChoose }: SideBoxProps) {
  const { t } = useTranslation();
  const [choosing, setChoosing] = useState(false);
  const [over, setOver] = useState(false);
  return (
    <section
      className={classes.side}
      aria-label={t(`comparison.${which}`)}
      data-side={which}
      data-over={over || undefined}
      onDragOver={(event) => {
        if (!hasTags(event.dataTransfer)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        const dropped = takeTags(event.dataTransfer);
        const [reference] = dropped?.tags ?? [];
        if (!dropped || reference === undefined) return;
        event.preventDefault();
        onChoose({ accountId: dropped.accountId, repository: dropped.repository, reference });
      }}
    >
      <div className={classes.sideText}>
        <span className={classes.sideName}>
          <b>{t(`comparison.${which}`)}</b>
          {side && <SideLink side={side} accounts={accounts} />}
        </span>
        {found ? (
          <span className={classes.facts}>
            <Digest value={found.digest} />
            <Bytes value={found.size} />
            {found.created !== undefined && <RelativeTime value={found.created} />}
          </span>
        ) : (
          busy && side && <Skeleton height={10} width={200} my={5} />
        )}
      </div>
      <Button
        variant={side ? 'default' : 'light'}
        size="xs"
        {...(side && { 'aria-label': t(`comparison.changeOf.${which}`) })}
        onClick={() => setChoosing(true)}
      >
        {t(side ? 'comparison.another' : 'comparison.chooseImage')}
      </Button>
      {choosing && (
        <SideDialog
          which={which}
          accounts={accounts}
          side={side}
          other={other}
          onChoose={onChoose}
          onClose={() => setChoosing(false)}
        />
      )}
    </section>
  );
}

function SideLink({ side, accounts }: { side: Side; accounts: readonly Account[] }) {
  const text = sideText(side, accounts);
  if ('place' in side)
    return (
      <span className={classes.reference}>
        <MiddleText>{text}</MiddleText>
      </span>
    );
  const { accountId, repository, reference } = side;
  return (
    <Link
      className={classes.reference}
      to="/registries/$accountId/image"
      params={{ accountId }}
      search={{ repository, reference }}
    >
      <MiddleText>{text}</MiddleText>
    </Link>
  );
}
