/* One execution environment: loads a bundled handler, gives it one event, says what it answered. */
const [, , file, event] = process.argv;
// Nothing may leave this process: an answer that needs the network fails instead of waiting for it.
globalThis.fetch = () => Promise.reject(new Error('no network'));
const { handler } = await import(file);
const answer = await handler(JSON.parse(event), {
  awsRequestId: 'test',
  getRemainingTimeInMillis: () => 300_000,
});
process.stdout.write(JSON.stringify({ parameters: handler.length, answer: answer ?? null }));
