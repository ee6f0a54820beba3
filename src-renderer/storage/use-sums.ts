import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Command } from '../commands/command.ts';
import { type Choice, chooseAlso } from './choice.ts';

/**
 * The command of a choice made anywhere that shows what it holds and what would become free without it: on the storage page, beside
 * what was chosen there before.
 */
export function useSums(accountId: string): (choice: Choice, reason: string | undefined) => Command {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (choice, reason) => ({
    id: 'storage.sums',
    group: 'selection',
    label: t('storage.chosen.command'),
    short: t('storage.title'),
    reason,
    run: () => {
      chooseAlso(accountId, choice);
      void navigate({
        to: '/registries/$accountId/storage',
        params: { accountId },
        search: { view: 'chosen' },
      });
    },
  });
}
