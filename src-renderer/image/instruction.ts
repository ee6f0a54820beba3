/** A build instruction as a person reads it. */
export interface Instruction {
  /** `RUN`, `COPY`, `ENV`...; absent where it is unknown. */
  keyword?: string;
  text: string;
}

/** In one line. */
export const instructionText = ({ keyword = '', text }: Instruction): string => `${keyword} ${text}`.trim();

/** Dockerfile keywords that change no file and so make no layer, and the ones that do. */
const KEYWORDS = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);

/**
 * Reads a history entry's `created_by`. Docker's classic builder writes `/bin/sh -c #(nop)  CMD ["sh"]` for metadata and
 * `/bin/sh -c apt-get …` for RUN; BuildKit writes the instruction and a trailing `# buildkit`.
 */
export function readInstruction(createdBy: string): Instruction {
  const withoutBuilder = createdBy.replace(/\s*# buildkit$/, '').trim();
  const metadata = /^\/bin\/sh -c #\(nop\)\s*/.exec(withoutBuilder);
  if (metadata) return keywordFirst(withoutBuilder.slice(metadata[0].length));
  const shell = /^(?:RUN\s+)?(?:\|\d+\s+(?:\S+=\S*\s+)*)?\/bin\/sh -c\s+/.exec(withoutBuilder);
  if (shell) return { keyword: 'RUN', text: withoutBuilder.slice(shell[0].length) };
  return keywordFirst(withoutBuilder);
}

function keywordFirst(text: string): Instruction {
  const [first = ''] = text.split(/\s/, 1);
  const rest = text.slice(first.length).trim();
  return KEYWORDS.has(first) && rest !== '' ? { keyword: first, text: rest } : { text };
}
