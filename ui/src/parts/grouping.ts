/**
 * A code as it is read aloud: short groups with a no-break space between them. Five digits read 2 + 3.
 * Codes are text, leading zeros included; what is not a digit is left where it is.
 */
export function groupCode(code: string): string {
  if (code.length <= 3) return code;
  if (code.length === 4) return `${code.slice(0, 2)}\u00a0${code.slice(2)}`;
  const first = code.length % 3 === 0 ? 3 : code.length % 3 === 1 ? 4 : 2;
  const groups = [code.slice(0, first)];
  for (let at = first; at < code.length; at += 3) groups.push(code.slice(at, at + 3));
  return groups.join("\u00a0");
}

/** A key's digits in fours, as printed on the fob. */
export function groupKey(key: string): string {
  return (key.match(/.{1,4}/gu) ?? []).join(" ");
}

/** A certificate's fingerprint in fours, however it was written. */
export function groupFingerprint(fingerprint: string): string {
  return groupKey(fingerprint.replace(/[^0-9a-f]/giu, "").toUpperCase());
}
