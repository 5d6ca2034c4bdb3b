import { CelEngine, TemplateFile } from '@aws/cloudformation-validate';

/* Checks what is deployed against AWS's own resource schemas and rules, without network. */

const TEMPLATES = [
  '.serverless/cloudformation-template-update-stack.json',
  'deploy/member-account.yml',
  'deploy/event-forwarding.yml',
];

const engine = new CelEngine();
let errors = 0;
for (const template of TEMPLATES) {
  const { diagnostics } = engine.validateStandard(new TemplateFile(template));
  const serious = diagnostics.filter(({ severity }) => /error|fatal/i.test(severity));
  for (const { severity, ruleId, message } of serious)
    console.log(`${template}: [${severity}] ${ruleId}: ${message}`);
  console.log(`${template}: ${diagnostics.length} findings, ${serious.length} of them errors`);
  errors += serious.length;
}
engine.free();
process.exitCode = errors === 0 ? 0 : 1;
