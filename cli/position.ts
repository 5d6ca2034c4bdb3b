import { writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { writeEstate } from '#adapters/estate-file/write-estate.ts';
import {
  GrantedLicense,
  type OtherLicenses,
  otherLicenses,
  UserLicenses,
} from '#domain/licenses/other-licenses.ts';
import {
  MissingSource,
  type PositionDimension,
  PositionReport,
  PositionSlice,
} from '#domain/licenses/position-report.ts';
import type { PositionInput } from '#domain/positioning/position-input.ts';
import { positionReport } from '#domain/positioning/position-report.ts';
import { wirePosition } from '#src/wiring/position.ts';
import { type KnownEstate, readEstate } from '#usecases/read-estate.ts';
import { awsSettings } from './aws-settings.ts';
import { BadInput, command } from './command.ts';
import { fileInput } from './estate-input.ts';
import { EstateOption, estateFrom } from './estate-option.ts';
import { positionText } from './position-text.ts';
import { TableOption } from './table-option.ts';

const slices = z.array(PositionSlice);

/** What `position --json` prints, unless it is stopped. Instants are ISO 8601 in UTC. */
export const PositionResult = z.object({
  ok: z.literal(true),
  asOf: PositionReport.unwrap().shape.asOf,
  /** False: a part is missing or failed, so totals are partial. */
  complete: z.boolean(),
  organization: slices,
  pools: slices,
  products: slices,
  configurations: slices,
  accounts: slices,
  regions: slices,
  owners: slices,
  gaps: PositionReport.unwrap().shape.gaps,
  /** Licenses that sellers and other accounts granted. */
  granted: z.array(GrantedLicense),
  /** Users who are billed by the month. */
  users: z.array(UserLicenses),
  missing: z.array(MissingSource),
});

export const position = command({
  name: 'position',
  usage: '[--estate FILE | --table NAME] [--save-estate FILE]',
  summary: 'Says what is owned, used and required, why counts differ, and what is not known',
  operands: [],
  flags: ['estate', 'table', 'save-estate'],
  input: z.object({
    '--estate': EstateOption,
    '--table': TableOption,
    '--save-estate': z.string('Name the file to write').optional(),
  }),
  async run({ '--estate': path, '--table': table, '--save-estate': saveTo }) {
    if (path !== undefined && saveTo !== undefined) {
      throw new BadInput(
        '--save-estate: leave it out, --estate names a file that is there already',
      );
    }
    const input =
      path === undefined ? await deployed(table, saveTo) : fileInput(await estateFrom(path));
    const report = positionReport(input);
    const others = otherLicenses(input.shards, input.now);
    return {
      exitCode: 0,
      document: z.encode(PositionResult, resultOf(report, others)),
      text: positionText(report, others),
    };
  },
});

async function deployed(table: string, saveTo: string | undefined): Promise<PositionInput> {
  const estate = await readEstate(wirePosition({ ...awsSettings(), table }));
  if (saveTo !== undefined) await writeFile(saveTo, textOf(estate));
  return estate;
}

function textOf(estate: KnownEstate): string {
  const { accountNames, expectedScopes, settings, now: asOf } = estate;
  const regionsById = Map.groupBy(expectedScopes, ({ account }) => account);
  const accounts = [...regionsById].map(([id, scopes]) => ({
    id,
    name: accountNames.get(id) ?? id,
    regions: scopes.map(({ region }) => region),
  }));
  return writeEstate({ ...estate, asOf, accounts, licensing: settings });
}

function resultOf(
  report: PositionReport,
  { granted, users }: OtherLicenses,
): z.output<typeof PositionResult> {
  const by = (dimension: PositionDimension) =>
    report.slices.filter((slice) => slice.dimension === dimension);
  const { asOf, complete, gaps, missing } = report;
  return {
    ok: true,
    asOf,
    complete,
    organization: by('organization'),
    pools: by('pool'),
    products: by('product'),
    configurations: by('configuration'),
    accounts: by('account'),
    regions: by('region'),
    owners: by('owner'),
    gaps: [...gaps],
    granted: [...granted],
    users: [...users],
    missing: [...missing],
  };
}
