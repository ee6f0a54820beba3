import {
  IconArrowBackUp,
  IconArrowRight,
  IconExternalLink,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import type { Command } from '../commands/command.ts';
import { copyingOfRow, type RowCommands } from '../ui/row-commands.tsx';
import { destinationLink } from './destination-link.ts';
import { detailsLink } from './details-link.ts';
import { retryWord } from './snapshots.ts';
import { useLine } from './use-line.ts';
import { useOperationActs } from './use-operation-acts.ts';

/** What can be done with an operation wherever it is a row of a list. */
export function useOperationCommands(): RowCommands<Operation> {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const line = useLine();
  const { pause, cancel, retry, undo } = useOperationActs();
  return (operation) => {
    const { id, actions } = operation;
    const input = { operationId: id };
    const destination = destinationLink(operation);
    const act = (name: string, label: string, icon: NonNullable<Command['icon']>, run: () => void) =>
      ({ id: `operation.${name}`, group: 'page', label, icon, run }) as const;
    const word = retryWord(operation);
    return [
      [
        act('details', t('commands.row.show'), IconArrowRight, () => void navigate(detailsLink(operation))),
        ...(destination
          ? [
              act(
                'destination',
                t('transferPages.openDestination'),
                IconExternalLink,
                () => void navigate(destination),
              ),
            ]
          : []),
      ],
      [
        ...(actions.undo
          ? [act('undo', t('operations.undo'), IconArrowBackUp, () => undo.undo(operation))]
          : []),
        ...(actions.pause
          ? [act('pause', t('operations.pause'), IconPlayerPause, () => pause.mutate(input))]
          : []),
        ...(actions.retry
          ? [act('retry', t(`operations.${word}`), IconPlayerPlay, () => retry.mutate(input))]
          : []),
        ...(actions.cancel
          ? [act('cancel', t('operations.cancel'), IconPlayerStop, () => cancel.mutate(input))]
          : []),
      ],
      [
        copyingOfRow('text', t('commands.row.copyText'), line(operation)),
        copyingOfRow('operation', t('commands.row.copyOperation'), id),
      ],
    ];
  };
}
