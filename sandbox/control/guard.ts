/** Names by which a browser or client reaches this machine only. */
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * Why a request is not served, or null. Only a loopback Host, and an absent or own Origin, get through: another page in
 * the same browser, or a name that somebody points here, does not.
 */
export function refusedBecause(request: Request): string | null {
  const host = request.headers.get('host') ?? new URL(request.url).host;
  if (!LOOPBACK.test(host)) {
    return `Host ${host} is not this machine: use http://127.0.0.1 or http://localhost.`;
  }
  const origin = request.headers.get('origin');
  if (origin !== null && origin !== `http://${host}`) {
    return `Origin ${origin} may not use the sandbox: only its own page and clients without an Origin may.`;
  }
  return null;
}
