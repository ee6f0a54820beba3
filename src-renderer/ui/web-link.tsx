import { Anchor } from '@mantine/core';
import { useTabIndex } from './row-focus.ts';

/** An address that somebody else wrote: only web addresses become links, to a tab that knows nothing of this one. */
export function WebLink({ url }: { url: string }) {
  const tabIndex = useTabIndex();
  if (!/^https?:\/\//i.test(url)) return <>{url}</>;
  return (
    <Anchor href={url} target="_blank" rel="noreferrer noopener" fz="sm" tabIndex={tabIndex}>
      {url}
    </Anchor>
  );
}
