import { Button, Menu } from '@mantine/core';
import {
  IconArrowLeft,
  IconArrowRight,
  IconChevronDown,
  IconCopy,
  IconFileExport,
} from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { type Comparison, REPORT_FORMATS, type ReportFormat } from '../../src-main/common/comparison.ts';
import { isLocked } from '../accounts/lock.ts';
import { api } from '../api.ts';
import type { Command } from '../commands/command.ts';
import { CommandItems } from '../commands/command-items.tsx';
import { useCommands } from '../commands/use-commands.ts';
import { useMakePlan } from '../plans/use-make-plan.ts';
import { isTagName } from '../repositories/name.ts';
import { saveFile } from '../saving/save-file.ts';
import { copyText } from '../ui/copy-text.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { toastDone, toastFailure } from '../ui/toast.tsx';
import classes from './comparison.module.css';
import type { Pair, Reading } from './queries.ts';
import type { Side } from './sides.ts';
import { type Judged, summaryText } from './words.ts';

const ENDINGS = { markdown: 'md', html: 'html' } as const satisfies Record<ReportFormat, string>;

export interface ComparisonActionsProps {
  pair: Pair;
  comparison: Comparison;
  judged: Judged;
  /** What was read of layers; a report reads no more. */
  read: Reading | undefined;
  accounts: readonly Account[];
}

/** What can be done with a comparison: take it along, and close the difference by a copy, which is planned like any other. */
export function ComparisonActions({ pair, comparison, judged, read, accounts }: ComparisonActionsProps) {
  const { t, i18n } = useTranslation();
  const plan = useMakePlan();
  const exporting = useMutation({
    mutationFn: (format: ReportFormat) =>
      saveFile(`comparison.${ENDINGS[format]}`, (to) =>
        api.comparison.report({ ...pair, ...read, format, language, to }),
      ),
    onSuccess: (path) => {
      if (path !== undefined) toastDone(t('saving.saved', { path }));
    },
    onError: toastFailure,
  });
  const language = i18n.language.startsWith('zh') ? 'zh-CN' : 'en';
  const isSame = comparison.verdict === 'identical';
  const copying = (from: 'left' | 'right'): Command => {
    const source = pair[from];
    const target = pair[from === 'left' ? 'right' : 'left'];
    const refused = refusalOf(target, accounts);
    return {
      id: `comparison.copy.${from}`,
      group: 'page',
      label: t(from === 'left' ? 'comparison.copyLeftToRight' : 'comparison.copyRightToLeft'),
      words: 'copy sync close difference 复制 同步',
      icon: from === 'left' ? IconArrowRight : IconArrowLeft,
      reason: isSame ? t('comparison.copySame') : refused && t(refused),
      run: () => {
        if ('place' in target) return;
        plan.mutate((signal) =>
          api.transfers.planCopies(
            {
              source: 'place' in source ? source.place : source.accountId,
              target: target.accountId,
              copies: [
                {
                  source: { repository: source.repository, reference: source.reference },
                  target: { repository: target.repository, tag: target.reference },
                },
              ],
            },
            signal ? { signal } : {},
          ),
        );
      },
    };
  };
  const summary: Command = {
    id: 'comparison.summary',
    group: 'page',
    label: t('comparison.copySummary'),
    words: 'copy summary text 复制 摘要',
    icon: IconCopy,
    run: () => void copyText(summaryText(t, i18n.language, comparison, judged)),
  };
  const reports = REPORT_FORMATS.map(
    (format): Command => ({
      id: `comparison.report.${format}`,
      group: 'page',
      label: t(`comparison.exportAs.${format}`),
      words: 'report export save 报告 导出',
      icon: IconFileExport,
      run: () => exporting.mutate(format),
    }),
  );
  const across = [copying('left'), copying('right')];
  useCommands([summary, ...across]);
  return (
    <>
      <div className={classes.actions}>
        <ActionMenu
          label={t('comparison.export')}
          busy={exporting.isPending}
          sections={[reports, [summary]]}
        />
        <ActionMenu label={t('comparison.copyAcross')} busy={plan.isPending} sections={[across]} />
      </div>
      {plan.isError && (
        <div className={classes.wide}>
          <ErrorPanel error={plan.error} />
        </div>
      )}
    </>
  );
}

interface ActionMenuProps {
  label: string;
  busy: boolean;
  sections: readonly (readonly Command[])[];
}

function ActionMenu({ label, busy, sections }: ActionMenuProps) {
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} />} loading={busy}>
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <CommandItems sections={sections} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** Why nothing can be copied there. */
function refusalOf(target: Side, accounts: readonly Account[]) {
  if ('place' in target || !isTagName(target.reference)) return 'comparison.copyNeedsTag' as const;
  const account = accounts.find(({ id }) => id === target.accountId);
  return account && isLocked(account) ? ('comparison.copyLocked' as const) : undefined;
}
