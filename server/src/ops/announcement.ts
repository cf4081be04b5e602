import { DEMO_PASSWORD } from './demo.service.js';

/**
 * Tells on standard output where the product is, and how to get in.
 * @param demoEmails the demo accounts, where this start made them
 * @param setupToken allows making the first account, where there is none
 */
export function announce(url: string, demoEmails: readonly string[], setupToken: string | null): void {
  const lines = [`Doclight is at ${url}`];
  if (demoEmails.length > 0)
    lines.push(`Demo accounts: ${demoEmails.join(', ')}; password: ${DEMO_PASSWORD}`);
  if (setupToken !== null) lines.push(`Create the owner account at ${url}/setup?token=${setupToken}`);
  console.log(lines.join('\n'));
}

/** What to tell about an error of opening the port; null where it is another one. */
export function listenError(error: unknown): Error | null {
  const { code, syscall, address, hostname, port } = error as NodeJS.ErrnoException & {
    address?: string;
    hostname?: string;
    port?: number;
  };
  if (syscall === 'getaddrinfo') return new Error(`There is no address ${hostname} (${code}). Check HOST.`);
  if (syscall !== 'listen') return null;
  if (code === 'EADDRINUSE')
    return new Error(`Port ${port} of ${address} is taken. Stop what uses it, or set PORT to another one.`);
  return new Error(`Cannot listen on ${address}:${port} (${code}). Check HOST and PORT.`);
}
