import { writeSync } from 'node:fs';

/* The life of a new execution environment: load the function, answer one event, say so. Plain
   JavaScript, because stripping types would take longer than what is measured. */

const [, , file, event] = process.argv;
const { handler } = await import(file);
const answer = await handler(JSON.parse(event), { awsRequestId: 'bench' });
writeSync(1, JSON.stringify(answer));
process.exit(0);
