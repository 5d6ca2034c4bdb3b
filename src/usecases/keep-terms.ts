import { canonicalJson } from '#domain/canonical-json.ts';
import { collectTerms, goneLine } from '#domain/terms/terms-collection.ts';
import { type CountedLine, type TermsOutlook, termsOutlook } from '#domain/terms/terms-outlook.ts';
import type { TermsLedgerList, TermsViewKeeper } from '#ports/snapshots.ts';
import { type CommitPorts, decideAndCommit } from '#usecases/commit-change.ts';
import { type EstatePorts, readEstate } from '#usecases/read-estate.ts';

export interface KeepTermsPorts extends CommitPorts, EstatePorts {
  readonly terms: TermsLedgerList;
  readonly snapshots: EstatePorts['snapshots'] & TermsViewKeeper;
}

/**
 * Bring terms ledgers, and what launches draw on by terms, up to date with what was collected and
 * imported. Safe to repeat; older figures never win.
 */
export async function keepTerms(ports: KeepTermsPorts): Promise<void> {
  const asOf = ports.now();
  const outlook = termsOutlook(await readEstate(ports), asOf);
  const known = new Set(outlook.lines.map(({ id }) => id));
  const gone = (await ports.terms.allTermsLedgers())
    .filter(({ id, entitled }) => !known.has(id) && entitled !== null)
    .map((ledger) => goneLine(ledger, asOf));
  // Before the views that lead to them: a launch must not find a line without its figures.
  for (const line of [...outlook.lines, ...gone]) await keepLine(ports, outlook, line);
  for (const { scope, view } of outlook.views) {
    const kept = await ports.snapshots.termsView(scope);
    const isNew = view.configurations.length + view.spending.length > 0;
    if (kept === null ? isNew : canonicalJson(kept) !== canonicalJson(view)) {
      await ports.snapshots.keepTermsView(scope, view);
    }
  }
}

async function keepLine(
  ports: KeepTermsPorts,
  { uncounted }: TermsOutlook,
  line: CountedLine,
): Promise<void> {
  await decideAndCommit(ports, async () => {
    const [ledger = null] = await ports.store.termsLedgers([line.id]);
    const figures = { ...line, uncounted: uncounted(line.product, ledger?.holds ?? []) };
    return collectTerms(ledger, figures, ports.now());
  });
}
