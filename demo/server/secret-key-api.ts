import { Hono, type Context } from 'hono';
import type { Credential, Credentials } from './credentials.js';

const pageSize = 50;

/**
 * The calls that need the Secret Key, with the statuses and words of https://www.metered.ca/docs/turn-rest-api/.
 * They differ from call to call, as they do at Metered.
 */
export function secretKeyApi(credentials: Credentials): Hono {
  const api = new Hono();
  const isAuthorised = (context: Context): boolean => context.req.query('secretKey') === credentials.secretKey;

  api.post('/v1/turn/credential', async (context) => {
    const refusal = refuseKey(context, isAuthorised);
    if (refusal) return refusal;

    const { expiryInSeconds, label } = await readBody(context);
    if (expiryInSeconds !== undefined && !isPositiveInteger(expiryInSeconds)) {
      return fail(context, 400, 'please enter a positive integer value for expiryInSeconds');
    }
    const created = await credentials.create({
      expiryInSeconds,
      label: typeof label === 'string' ? label : undefined,
    });
    const { username, password, apiKey } = created;
    // Without a lifetime, the documented response has only these three fields, with or without a label.
    if (expiryInSeconds === undefined) return context.json({ username, password, apiKey });
    return context.json({ username, password, expiryInSeconds, label: created.label, apiKey });
  });

  api.get('/v2/turn/credentials', (context) => {
    if (!isAuthorised(context)) return fail(context, 400, 'Invalid request. App not found');

    const { all, label, page } = context.req.query();
    const records = credentials
      .list()
      .filter((credential) => all === 'true' || !isExpired(credentials, credential))
      .filter((credential) => label === undefined || credential.label === label);
    const totalPages = Math.max(1, Math.ceil(records.length / pageSize));
    const current = Math.max(1, Number.parseInt(page ?? '1', 10) || 1);

    return context.json({
      data: records.slice((current - 1) * pageSize, current * pageSize).map((credential) => ({
        username: credential.username,
        password: credential.password,
        apiKey: credential.apiKey,
        expiryInSeconds: credential.expiryInSeconds,
        label: credential.label,
        expired: isExpired(credentials, credential),
      })),
      pagination: {
        total_records: records.length,
        current_page: current,
        total_pages: totalPages,
        next_page: current < totalPages ? current + 1 : null,
        prev_page: current > 1 ? current - 1 : null,
      },
    });
  });

  api.post('/v1/turn/credential/disable', async (context) => {
    if (!isAuthorised(context)) return fail(context, 400, 'Invalid request. App not found');

    const { username } = await readBody(context);
    if (!isName(username)) return fail(context, 400, '`username` field missing in the request body');
    const credential = credentials.find(username);
    if (!credential) return fail(context, 401, 'credential not found');
    if (credentials.stateOf(credential) === 'disabled') {
      return fail(context, 400, 'credential is already disabled');
    }
    await credentials.disable(credential);
    return context.json({ message: 'Turn credential disabled successfully' });
  });

  api.post('/v1/turn/credential/enable', async (context) => {
    const refusal = refuseKey(context, isAuthorised);
    if (refusal) return refusal;

    const { username } = await readBody(context);
    if (!isName(username)) return fail(context, 400, '`username` field missing in the request body');
    const credential = credentials.find(username);
    if (!credential) return fail(context, 401, 'Credential not found');
    const state = credentials.stateOf(credential);
    if (state === 'expired') return fail(context, 400, 'Cannot enable this credential');
    if (state === 'valid') return fail(context, 400, 'Credential is already enabled');
    await credentials.enable(credential);
    return context.json({ message: 'Credential enabled successfully' });
  });

  api.delete('/v1/turn/credential', async (context) => {
    const { username } = await readBody(context);
    const credential = isName(username) ? credentials.find(username) : undefined;
    if (!isAuthorised(context) || !credential) {
      return fail(context, 400, 'credential of the specified username is not found');
    }
    await credentials.delete(credential);
    return context.json({ success: true, message: 'credential removed' });
  });

  api.delete('/v2/turn/credential/by_label', async (context) => {
    const { secretKey, label } = context.req.query();
    if (!secretKey) return fail(context, 400, 'secretKey is required');
    if (!isAuthorised(context)) return fail(context, 400, 'invalid secretKey');
    if (!label || label.length >= 100) {
      return fail(context, 400, 'Label must be a string of less than 100 characters');
    }
    const doomed = credentials.list().filter((credential) => credential.label === label && !isExpired(credentials, credential));
    await Promise.all(doomed.map((credential) => credentials.delete(credential)));
    return context.json({ deleted: doomed.length });
  });

  return api;
}

function refuseKey(context: Context, isAuthorised: (context: Context) => boolean): Response | undefined {
  if (!context.req.query('secretKey')) return fail(context, 400, 'Please specify secret key');
  if (!isAuthorised(context)) return fail(context, 401, 'Invalid secret key');
  return undefined;
}

function fail(context: Context, status: 400 | 401, message: string): Response {
  return context.json({ message }, status);
}

/** A missing body, or one that is not a JSON object, counts as an object without fields. */
async function readBody(context: Context): Promise<Record<string, unknown>> {
  const body: unknown = await context.req.json().catch(() => undefined);
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

function isExpired(credentials: Credentials, credential: Credential): boolean {
  return credentials.stateOf(credential) === 'expired';
}

function isPositiveInteger(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
