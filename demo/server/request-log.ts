import type { MiddlewareHandler } from 'hono';

export interface RequestRecord {
  /** When the request arrived, in epoch milliseconds. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** How often each query parameter occurs, without the values, because one of them is the key. */
  readonly query: Readonly<Record<string, number>>;
  readonly region: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** Missing until there is a response. A hanging request has none. */
  status?: number;
}

/** The requests that arrived, for tests that count them. It never contains a key, wherever the key is in a request. */
export class RequestLog {
  readonly #records: RequestRecord[] = [];
  readonly #secrets: () => readonly string[];

  constructor(secrets: () => readonly string[]) {
    this.#secrets = secrets;
  }

  get records(): readonly RequestRecord[] {
    return this.#records;
  }

  count(wanted: { method?: string; path?: string } = {}): number {
    const { method, path } = wanted;
    return this.#records.filter((record) => (!method || record.method === method) && (!path || record.path === path)).length;
  }

  clear(): void {
    this.#records.length = 0;
  }

  readonly middleware: MiddlewareHandler = async (context, next) => {
    const record = this.#record(context.req.raw);
    this.#records.push(record);
    await next();
    record.status = context.res.status;
  };

  #record(request: Request): RequestRecord {
    const url = new URL(request.url);
    const query: Record<string, number> = {};
    for (const name of url.searchParams.keys()) {
      const shown = this.#redact(name);
      query[shown] = (query[shown] ?? 0) + 1;
    }
    const region = url.searchParams.get('region');
    return {
      at: Date.now(),
      method: request.method,
      path: this.#redact(url.pathname),
      query,
      region: region === null ? undefined : this.#redact(region),
      headers: Object.fromEntries([...request.headers].map(([name, value]) => [name, this.#redact(value)])),
    };
  }

  #redact(text: string): string {
    return this.#secrets().reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text);
  }
}
