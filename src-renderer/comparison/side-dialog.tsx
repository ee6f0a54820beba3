import { Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { AccountSelect } from '../accounts/account-select.tsx';
import { RepositoryInput } from '../copy/repository-input.tsx';
import { ChooseImage } from '../push/choose-image.tsx';
import { isRepositoryName, isTagName } from '../repositories/name.ts';
import { Choice } from '../ui/choice.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { DialogForm } from '../ui/dialog-form.tsx';
import classes from './comparison.module.css';
import { ReferenceInput } from './reference-input.tsx';
import { DIGEST, readSide, type Side } from './sides.ts';

const WHERE = ['registry', 'machine'] as const;

export interface SideDialogProps {
  which: 'left' | 'right';
  accounts: readonly Account[];
  /** What it is now. */
  side: Side | undefined;
  /** The one across, whose registry and repository are meant more often than not. */
  other: Side | undefined;
  onChoose: (side: Side) => void;
  onClose: () => void;
}

/** Chooses one side: an image of a registry, or one that is on this machine. */
export function SideDialog({ which, accounts, side, other, onChoose, onClose }: SideDialogProps) {
  const { t } = useTranslation();
  const [where, setWhere] = useState<(typeof WHERE)[number]>(
    side && 'place' in side ? 'machine' : 'registry',
  );
  const choose = (chosen: Side) => {
    onChoose(chosen);
    onClose();
  };
  return (
    <Dialog opened wide onClose={onClose} title={t(`comparison.choose.${which}`)}>
      <div className={classes.where}>
        <Choice
          label={t('comparison.where')}
          value={where}
          options={WHERE}
          name={(each) => t(`comparison.whereIs.${each}`)}
          onChange={setWhere}
        />
      </div>
      {where === 'registry' ? (
        <RegistrySide accounts={accounts} side={side} other={other} onChoose={choose} onClose={onClose} />
      ) : (
        <ChooseImage
          one
          file={undefined}
          onChosen={([image]) => {
            if (image)
              choose({ place: image.place, repository: image.repository, reference: image.reference });
          }}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

type RegistrySideProps = Pick<SideDialogProps, 'accounts' | 'side' | 'other' | 'onChoose' | 'onClose'>;

function RegistrySide({ accounts, side, other, onChoose, onClose }: RegistrySideProps) {
  const { t } = useTranslation();
  const like = [side, other].find((each) => each !== undefined && 'accountId' in each);
  const [accountId, setAccountId] = useState(
    like && 'accountId' in like ? like.accountId : (accounts[0]?.id ?? ''),
  );
  const [repository, setRepository] = useState(like?.repository ?? '');
  const [reference, setReference] = useState(like === side ? (like?.reference ?? '') : '');
  const [tried, setTried] = useState(false);
  const isNamed = isRepositoryName(repository);
  const isReference = isTagName(reference) || DIGEST.test(reference);
  const written = readSide(repository, accounts, accountId);
  /** `oci:/images:tag`, say. */
  const outside = written && 'side' in written && 'place' in written.side ? written.side : undefined;
  /** A whole reference that is pasted fills all fields. */
  const write = (text: string) => {
    const read = readSide(text, accounts, accountId);
    if (!read || 'unknown' in read || 'place' in read.side) return setRepository(text);
    setAccountId(read.side.accountId);
    setRepository(read.side.repository);
    setReference(read.side.reference);
  };
  if (accounts.length === 0) return <Text fz="sm">{t('comparison.noRegistry')}</Text>;
  return (
    <DialogForm
      onSubmit={() => {
        setTried(true);
        if (outside) onChoose(outside);
        else if (isNamed && isReference) onChoose({ accountId, repository, reference });
      }}
      onClose={onClose}
      submit={{ label: t('comparison.chooseThis') }}
    >
      <AccountSelect
        first
        label={t('comparison.registry')}
        accounts={accounts}
        value={accountId}
        onChange={setAccountId}
      />
      <div className={classes.name}>
        <RepositoryInput
          accountId={accountId}
          value={repository}
          error={tried && !outside && !isNamed && t('transfers.invalidRepository')}
          onChange={write}
        />
        <ReferenceInput
          place={accountId !== '' && isNamed ? { accountId, repository } : undefined}
          value={reference}
          error={tried && !outside && !isReference && t('comparison.invalidReference')}
          onChange={setReference}
        />
      </div>
    </DialogForm>
  );
}
