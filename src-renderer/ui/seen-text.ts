import { UNSEEN } from '../../src-main/common/unseen.ts';

/** Line breaks and tabs are for the page to lay out. */
const HIDDEN = new RegExp(`(?![\\t\\n\\r])${UNSEEN.source}`, 'u');

/** Nearly every text: asked first, since the properties of Unicode cost ten times as much. */
const PLAIN = /^[\t\n\r\x20-\x7e]*$/;

/** Emoji are sequences that hold such characters by right: a joiner, the choice of the colourful form. */
const EMOJI =
  /\p{Extended_Pictographic}\p{Emoji_Modifier}?\ufe0f?(?:\u200d\p{Extended_Pictographic}\p{Emoji_Modifier}?\ufe0f?)*|[0-9#*]\ufe0f\u20e3/u;

const PARTS = new RegExp(`(?<emoji>${EMOJI.source})|(?<unseen>(?:${HIDDEN.source})+)`, 'gu');

/**
 * A text as it may be shown: what could not be seen is seen as `‹U+202E›`, a run of it as its first and how many more. Any other
 * text stays as it is.
 */
export function seenText(text: string): string {
  if (PLAIN.test(text) || !HIDDEN.test(text)) return text;
  return text.replace(PARTS, (part, emoji: string | undefined) => (emoji === undefined ? mark(part) : part));
}

function mark(unseen: string): string {
  const characters = [...unseen];
  const code = unseen.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
  return `‹U+${code}${characters.length > 1 ? ` +${characters.length - 1}` : ''}›`;
}
