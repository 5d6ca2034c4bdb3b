import { Settings } from '#src/config.ts';
import { wireSweep } from '#src/wiring/sweep.ts';
import { sweep } from '#usecases/sweep.ts';

const ports = wireSweep(Settings.parse(process.env));

/** Every minute: whatever is due, what was not sent, launches to reconcile. */
export async function handler(): Promise<void> {
  await sweep(ports);
}
