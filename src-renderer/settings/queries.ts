import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { orpc } from '../api.ts';
import { toastFailure } from '../ui/toast.tsx';

export const settingsOptions = orpc.app.settings.queryOptions();

export function useSettings() {
  return useQuery(settingsOptions);
}

export function useAbout() {
  return useQuery(orpc.app.about.queryOptions());
}

/** Whether nothing is started at all: as it is set, or because the app was started so (`isForced`). */
export function useDryRun(): { isOn: boolean; isForced: boolean } {
  const isSet = useSettings().data?.dryRun === true;
  const isForced = useAbout().data?.dryRun === true;
  return { isOn: isSet || isForced, isForced };
}

/** Changes some fields: shown at once, taken back where the main side refuses. */
export function useChangeSettings() {
  const client = useQueryClient();
  return useMutation(
    orpc.app.changeSettings.mutationOptions({
      onMutate: async (change) => {
        await client.cancelQueries({ queryKey: settingsOptions.queryKey });
        const before = client.getQueryData(settingsOptions.queryKey);
        client.setQueryData(settingsOptions.queryKey, (settings) =>
          settings ? { ...settings, ...definedOf(change) } : settings,
        );
        return { before };
      },
      onSuccess: (settings) => client.setQueryData(settingsOptions.queryKey, settings),
      onError: (error, _change, context) => {
        client.setQueryData(settingsOptions.queryKey, context?.before);
        toastFailure(error);
      },
    }),
  );
}

/** The fields that have a value, for laying over a whole. */
function definedOf<Part extends object>(part: Part): { [Key in keyof Part]: Exclude<Part[Key], undefined> } {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Part]: Exclude<Part[Key], undefined>;
  };
}
