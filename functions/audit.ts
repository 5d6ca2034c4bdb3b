import { Settings } from '#src/config.ts';
import { wireAudit } from '#src/wiring/audit.ts';
import { digestChains } from '#usecases/digest-chains.ts';

const ports = wireAudit(Settings.parse(process.env));

/** Four times a day: digests the days that are over, each once. */
export async function handler(): Promise<void> {
  await digestChains(ports);
}
