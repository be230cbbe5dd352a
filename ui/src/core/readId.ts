/** A record id as a person types it, or null when it is none. Larger ones would not survive as a number. */
export function readId(typed: string): number | null {
  if (!/^\d{1,16}$/u.test(typed.trim())) return null;
  const id = Number(typed.trim());
  return Number.isSafeInteger(id) && id > 0 ? id : null;
}
