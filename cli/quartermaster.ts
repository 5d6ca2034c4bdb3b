#!/usr/bin/env node
import { approve } from './approve.ts';
import { auditErase } from './audit-erase.ts';
import { auditExport } from './audit-export.ts';
import { auditVerify } from './audit-verify.ts';
import { BadInput, type Command, type Outcome } from './command.ts';
import { cancel, deny } from './deny.ts';
import { explain } from './explain.ts';
import { importFile } from './import.ts';
import { optimize } from './optimize.ts';
import { policyCheck } from './policy-check.ts';
import { policyPublish } from './policy-publish.ts';
import { position } from './position.ts';
import { request } from './request.ts';
import { status } from './status.ts';

/** Every command there is. */
const COMMANDS: readonly Command[] = [
  position,
  optimize,
  importFile,
  policyCheck,
  policyPublish,
  request,
  approve,
  deny,
  cancel,
  status,
  auditVerify,
  auditExport,
  auditErase,
];

const HELP = `quartermaster <command>

${COMMANDS.map(({ name, usage, summary }) => `  ${name} ${usage}\n      ${summary}`).join('\n')}

  --json   print one JSON document (docs/cli has its schema)
  --help   this text, or a command's

Exit code: 0 done or yes, 1 no or failed, 2 bad input.
AWS is found as by any AWS tool: AWS_PROFILE, AWS_REGION (us-east-1 unless set), AWS_ENDPOINT_URL.`;

/** Runs one command, prints what it came to, answers the exit code. */
async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${helpOf(commandOf(args))}\n`);
    return 0;
  }
  const { exitCode, document, text } = await outcomeOf(args);
  if (args.includes('--json')) process.stdout.write(`${JSON.stringify(document)}\n`);
  else (exitCode === 0 ? process.stdout : process.stderr).write(`${text}\n`);
  return exitCode;
}

async function outcomeOf(args: readonly string[]): Promise<Outcome> {
  try {
    const command = commandOf(args);
    if (command === null) throw new BadInput(unknownCommand(args));
    return await command.run(args.slice(command.name.split(' ').length));
  } catch (error) {
    const exitCode = error instanceof BadInput ? 2 : 1;
    const text = explain(error);
    return { exitCode, document: { ok: false, error: text }, text };
  }
}

function commandOf(args: readonly string[]): Command | null {
  const typed = `${args.join(' ')} `;
  return COMMANDS.find(({ name }) => typed.startsWith(`${name} `)) ?? null;
}

function helpOf(command: Command | null): string {
  if (command === null) return HELP;
  const { name, usage, summary } = command;
  return `quartermaster ${name} ${usage} [--json]\n\n${summary}.`;
}

function unknownCommand(args: readonly string[]): string {
  const typed = args.filter((arg) => !arg.startsWith('-')).slice(0, 2);
  const names = COMMANDS.map(({ name }) => name).join(', ');
  return typed.length === 0
    ? `command: Write one of ${names}. --help says more`
    : `${typed.join(' ')}: There is no such command. Write one of ${names}`;
}

process.exitCode = await main(process.argv.slice(2));
