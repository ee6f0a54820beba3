import { Button, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, orpc } from '../api.ts';
import { toastFailure } from './toast.tsx';

interface ApproveHostProps {
  /** `host[:port]` as the failure names it. */
  host: string;
  /** Called when the host is approved; what failed to load is asked again in any case. */
  onApproved?: (() => void) | undefined;
}

/** Approves the host that a registry sent us to, for good, where it was refused. */
export function ApproveHost({ host, onApproved }: ApproveHostProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const approving = useMutation({
    mutationFn: async () => {
      // As they are now: another window or the command line may have approved others.
      const { approvedHosts } = await api.app.settings();
      return api.app.changeSettings({ approvedHosts: [...new Set([...approvedHosts, host])] });
    },
    onError: toastFailure,
    onSuccess: (settings) => {
      client.setQueryData(orpc.app.settings.queryKey(), settings);
      void client.refetchQueries({ predicate: ({ state }) => state.status === 'error' });
      onApproved?.();
    },
  });
  if (approving.isSuccess) {
    return (
      <Text fz="sm" role="status">
        {t('common.hostApproved', { host })}
      </Text>
    );
  }
  return (
    <Button size="xs" variant="default" loading={approving.isPending} onClick={() => approving.mutate()}>
      {t('common.approveHost', { host })}
    </Button>
  );
}
