import { dynamodbWrittenTexts } from '#adapters/aws/dynamodb-written-texts.ts';
import type { Policies } from '#ports/policies.ts';
import { type StackSettings, wireProposing } from '#src/wiring/propose.ts';
import { TIMEOUTS, tableOf } from '#src/wiring/shared.ts';
import type { ErasurePorts } from '#usecases/erase-person.ts';

/** What erasing a person's words works with: the table, one queue, and who AWS says is asking. */
export async function wireErasing(
  settings: StackSettings,
): Promise<ErasurePorts & { readonly policies: Policies; readonly principal: string }> {
  const { region, table: name, credentials } = settings;
  const client = { region, requestHandler: TIMEOUTS, ...(credentials && { credentials }) };
  return {
    ...(await wireProposing(settings)),
    texts: dynamodbWrittenTexts(tableOf({ table: name }, client)),
  };
}
