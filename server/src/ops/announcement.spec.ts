import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { listenError } from './announcement.js';

/** What the system says where a server cannot listen there. */
const refusal = (port: number, host: string) =>
  new Promise<Error>((resolve, reject) => {
    const server = createServer().once('error', resolve);
    server.listen(port, host, () => server.close(() => reject(new Error(`${host} was free`))));
  });

it('names HOST and PORT where the port cannot be opened', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const address = taken.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  expect(listenError(await refusal(port, '127.0.0.1'))?.message).toMatch(
    `Port ${port} of 127.0.0.1 is taken`,
  );
  taken.close();
  expect(listenError(await refusal(0, 'nowhere.invalid'))?.message).toMatch(/nowhere\.invalid.*HOST/);
  expect(listenError(await refusal(0, '192.0.2.1'))?.message).toMatch(/192\.0\.2\.1.*HOST/);
  expect(listenError(new Error('something else'))).toBeNull();
});
