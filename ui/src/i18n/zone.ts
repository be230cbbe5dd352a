/** A zone by its minutes east of UTC: "UTC", "UTC+3", "UTC−3:30". The same in every language. */
export function zoneName(minutes: number): string {
  if (minutes === 0) return "UTC";
  const hours = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  return `UTC${minutes < 0 ? "−" : "+"}${hours}${rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`}`;
}
