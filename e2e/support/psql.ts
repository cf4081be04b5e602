import { spawn } from 'node:child_process';

/** PostgreSQL's own terminal, in which somebody types. */
export interface Psql {
  /** Types a statement, and waits for what it prints. @throws Error with what psql said where it fails */
  type(statement: string): Promise<string>;
  end(): void;
}

const DONE = 'doclight-statement-done';

/** Opens psql on a database. The PostgreSQL that the tests run on brings it along. */
export function openPsql(url: string): Psql {
  const options = ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--set=ON_ERROR_STOP=1'];
  const child = spawn('psql', [...options, url], { stdio: ['pipe', 'pipe', 'pipe'] });
  let printed = '';
  let complaint = '';
  let look = (): void => {};
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    look();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  let ended: Error | undefined;
  child.once('error', (error) => {
    ended = new Error(
      `psql cannot be started: ${error.message}. It comes with PostgreSQL's client programs.`,
    );
    look();
  });
  child.once('close', (status) => {
    ended ??= new Error(`psql ended with ${status}: ${complaint}`);
    look();
  });
  return {
    type: (statement) =>
      new Promise((resolve, reject) => {
        look = () => {
          const end = printed.indexOf(`${DONE}\n`);
          if (end >= 0) {
            const answer = printed.slice(0, end).trim();
            printed = printed.slice(end + DONE.length + 1);
            resolve(answer);
          } else if (ended) reject(ended);
        };
        child.stdin.write(`${statement};\n\\echo ${DONE}\n`);
        look();
      }),
    end: () => {
      child.stdin.end();
    },
  };
}
