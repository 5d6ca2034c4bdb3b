import { describe, expect, it } from 'vitest';
import { fileOf, problemsOf, readFile, textsOf } from './import-file.ts';

const HEADER = 'Server,Sockets,Cores per socket,Product,Listed on';
const ROW = 'ora-db-01,2,16,Oracle Database,2026-11-01';

describe('a file of servers', () => {
  it('is told apart by its columns, and read whole', () => {
    const file = [
      'Host name;Data center;Processors;Cores per CPU;vCPUs;Team;Env;Software;Edition;Version;Named users;As of',
      'ora-db-01;Frankfurt 2;2;16;8;Databases;PROD;Oracle Database;Enterprise Edition;19c;120;2026-11-01',
    ].join('\n');

    expect(readFile(file)).toEqual({
      ok: true,
      part: {
        servers: [
          {
            name: 'ora-db-01',
            site: 'Frankfurt 2',
            sockets: 2,
            coresPerSocket: 16,
            vcpus: 8,
            owner: 'Databases',
            environment: 'production',
            product: 'oracle-database',
            edition: 'enterprise',
            version: '19c',
            users: 120,
            listedOn: '2026-11-01',
          },
        ],
      },
    });
  });

  it('needs no more than the columns that must not be empty', () => {
    expect(readFile(`${HEADER}\n${ROW}`)).toMatchObject({
      ok: true,
      part: { servers: [{ site: '', vcpus: null, environment: null, users: null }] },
    });
  });

  it('may have several products on one server', () => {
    const other = ROW.replace('Oracle Database', 'Oracle WebLogic Server');

    expect(problemsOf([HEADER, ROW, other].join('\n'))).toEqual([]);
  });

  it.each([
    ['a server without sockets', ROW.replace(',2,', ',0,'), '3 Sockets: Write 1 or more'],
    [
      'an unknown product',
      ROW.replace('Oracle Database', 'Oracel Database'),
      'Did you mean Oracle',
    ],
    [
      'the same product on the same server',
      ROW.replace('2026-11-01', '2026-11-02'),
      '3 null: Repeats row 2: the same site, server, product and edition. Keep one row',
    ],
  ])('cannot have %s', (_what, row, message) => {
    const read = readFile([HEADER, ROW, row].join('\n'));

    expect(read.ok ? [] : textsOf(read)).toEqual([expect.stringContaining(message)]);
  });

  it('cannot have another environment', () => {
    const cells = `${HEADER},Stage\n${ROW},spare`;

    expect(problemsOf(cells)).toEqual(['2 Environment: Write production or non-production']);
  });

  it('is not meant when most columns are those of entitlements', () => {
    expect(problemsOf(fileOf({ Server: 'x' }))).toEqual([
      expect.stringContaining('I do not know the column “Server”'),
    ]);
  });
});
