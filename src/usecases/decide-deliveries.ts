import type { DecisionCommand } from '#domain/jobs/decision-command.ts';
import { type BatchPorts, decideBatch, type Results } from '#usecases/decide-batch.ts';
import { type Attempt, tellWhenStuck } from '#usecases/tell-when-stuck.ts';

/** A command of the decisions queue, as it was delivered. */
export interface DeliveredCommand {
  readonly work: DecisionCommand;
  readonly delivery: Attempt;
}

/** Decide what a batch asks for, and tell those whose command failed. */
export async function decideDeliveries(
  ports: BatchPorts,
  batch: readonly DeliveredCommand[],
): Promise<Results> {
  const commands = batch.map(({ work, delivery: { attempt } }) => ({ command: work, attempt }));
  const results = await decideBatch(ports, commands);
  await Promise.allSettled(
    batch.map(async ({ work, delivery }, index) => {
      const result = results[index];
      if (result?.status !== 'rejected') return;
      await tellWhenStuck(ports, work, delivery, result.reason);
    }),
  );
  return results;
}
