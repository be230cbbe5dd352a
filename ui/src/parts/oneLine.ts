/** Characters that turn the writing direction of everything after them. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/gu;
const BREAKS = /[\t\n\r\u2028\u2029]+/gu;
const CONTROL = /\p{Cc}/gu;
/** What any of these, or a letter that is written from the right, may be among. */
const UNUSUAL = /[^\u0020-\u007e\u00a0-\u058f]/u;
const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\u200f\u061c]/u;

/**
 * A text of the server's as one line without tricks: a line break becomes a blank, and what would turn the writing
 * direction or cannot be shown at all becomes a visible mark, so that nothing of it is silently dropped.
 */
export function oneLine(text: string): string {
  if (!UNUSUAL.test(text)) return text;
  return text.replace(BREAKS, " ").replace(TURNING, "\ufffd").replace(CONTROL, "\ufffd");
}

/** The same for places that take no markup (names, titles, sentences): it cannot reorder what stands beside it. */
export function isolated(text: string): string {
  if (!UNUSUAL.test(text)) return text;
  const line = oneLine(text);
  return RIGHT_TO_LEFT.test(line) ? `\u2068${line}\u2069` : line;
}
