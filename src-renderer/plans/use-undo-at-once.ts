import { notifications } from '@mantine/notifications';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import type { Plan } from '../../src-main/common/plan.ts';
import { api } from '../api.ts';
import { toastFailure } from '../ui/toast.tsx';
import { rememberMade } from './made.ts';

/**
 * Takes back what was done a moment ago: without a further question where all comes back as it was, and nothing goes or was changed by
 * somebody else meanwhile. Else the plan says what would happen.
 */
export function useUndoAtOnce(): (operation: Pick<Operation, 'id'>) => void {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const router = useRouter();
  return ({ id }) => {
    const make = (signal?: AbortSignal) =>
      api.operations.planUndo({ operationId: id }, signal ? { signal } : {});
    const toast = notifications.show({ loading: true, autoClose: false, message: t('plans.undoing') });
    const undone = async () => {
      const plan = await make();
      if (bringsAllBack(plan)) return await api.plans.start({ planId: plan.id });
      rememberMade(plan.id, make);
      return await navigate({
        to: '/plans/$planId',
        params: { planId: plan.id },
        search: { from: router.state.location.href },
      });
    };
    undone()
      .catch(toastFailure)
      .finally(() => notifications.hide(toast));
  };
}

/** Every line of it restores something, or finds it as it was. */
function bringsAllBack({ needsConsent, items }: Plan): boolean {
  const { restore = 0, same = 0 } = items.by;
  return !needsConsent && restore > 0 && restore + same === items.total;
}
