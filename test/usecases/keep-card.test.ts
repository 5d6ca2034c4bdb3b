import { describe, expect, it } from 'vitest';
import { DeliveryRefused, Unavailable } from '#src/errors.ts';
import { tryAll } from '#usecases/keep-card.ts';

describe('what is shown to several', () => {
  it('fails with what may pass, so that it is tried again, whatever was refused for good', async () => {
    const refused = Promise.reject(new DeliveryRefused('user_not_found'));
    const away = Promise.reject(new Unavailable('Slack does not answer'));

    await expect(tryAll([Promise.resolve(), refused, away])).rejects.toThrow(Unavailable);
    await expect(tryAll([refused, Promise.resolve()])).rejects.toThrow(DeliveryRefused);
    await expect(tryAll([Promise.resolve()])).resolves.toBeUndefined();
  });
});
