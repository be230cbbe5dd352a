/** A hardware address as a person types it, in its usual form, or null when it is none. */
export function readMac(typed: string): string | null {
  const digits = typed.trim().replace(/[\s:.-]/gu, "");
  if (!/^[0-9a-f]{12}$/iu.test(digits)) return null;
  return (digits.toUpperCase().match(/../gu) ?? []).join(":");
}
