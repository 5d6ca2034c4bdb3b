import type { ReadSecret } from '#adapters/aws/parameter-secrets.ts';

interface SigningSecrets {
  readonly current: string;
  readonly previous: string | null;
}

/**
 * Slack's signing secrets, from one parameter: the current one, and while it is being rotated the
 * previous one behind a comma. Kept in memory until somebody asks for `fresh` ones.
 */
export function signingSecrets(read: ReadSecret, parameter: string) {
  let known: Promise<SigningSecrets> | null = null;
  const load = async (): Promise<SigningSecrets> => {
    const [current = '', previous = ''] = (await read(parameter))
      .split(',')
      .map((part) => part.trim());
    return { current, previous: previous === '' ? null : previous };
  };
  return (options?: { readonly fresh: boolean }): Promise<SigningSecrets> => {
    if (known === null || options?.fresh === true) {
      const loading = load();
      known = loading;
      loading.catch(() => {
        if (known === loading) known = null;
      });
    }
    return known;
  };
}
