/** A process that marks itself alive, prints its mark and stays. */
import { ProcessMark } from '../../../src-main/data/index.ts';

const mark = new ProcessMark();
console.log(`mark ${mark.text}`);
process.stdin.resume();
