import { localSetups } from './setups.ts';
import { conformanceSuite } from './suite.ts';

for (const [title, setup] of Object.entries(localSetups)) conformanceSuite(`local registry, ${title}`, setup);
