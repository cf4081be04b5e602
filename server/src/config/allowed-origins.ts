import { type Config, isLoopback } from './config.js';

/** Which origins may change anything, and the address that links are made with. */
export class AllowedOrigins {
  private port: number;

  constructor(private readonly config: Pick<Config, 'publicUrl' | 'port'>) {
    this.port = config.port;
  }

  /** Tells the port that was really opened, where the configuration left it to the system (0). */
  listeningOn(port: number): void {
    this.port = port;
  }

  /** The origin that links, cookies and messages use, without a slash at the end. */
  get publicUrl(): string {
    return this.config.publicUrl ?? `http://localhost:${this.port}`;
  }

  get secure(): boolean {
    return this.publicUrl.startsWith('https:');
  }

  /** Whether a request from that `Origin` header may change anything. */
  allows(origin: string | undefined): boolean {
    if (origin === undefined) return false;
    if (this.config.publicUrl !== undefined) return origin === this.config.publicUrl;
    if (!URL.canParse(origin)) return false;
    const url = new URL(origin);
    return (
      url.origin === origin &&
      url.protocol === 'http:' &&
      (url.port || '80') === String(this.port) &&
      isLoopback(url.hostname)
    );
  }
}
