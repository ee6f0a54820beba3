import { useRouter } from '@tanstack/react-router';

/** Ways away from a plan, to where it was asked for. Only a path of the app counts: the address may come from anywhere. */
export function useLeavePlan(from: string | undefined) {
  const router = useRouter();
  const path = from !== undefined && /^\/(?![/\\])/.test(from) ? from : '/';
  return {
    back: () => router.history.replace(path),
    /** What was selected there is dealt with. */
    done: () => router.history.replace(withoutSelection(path)),
  };
}

function withoutSelection(path: string): string {
  const [pathname = '/', query = ''] = path.split('?', 2);
  const search = new URLSearchParams(query);
  search.delete('selected');
  return search.size > 0 ? `${pathname}?${search}` : pathname;
}
