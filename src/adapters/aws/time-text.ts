/** A moment that AWS gives as text, some of it as an issuer wrote it; `null` when it is none. */
export function timeOf(text = ''): Date | null {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? null : time;
}
