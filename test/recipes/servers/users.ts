/** Takes the place of the recipes' session.ts, in all four frameworks: who the request says it is. */
export async function getUser(request: { headers: Headers | Record<string, unknown> }): Promise<{ id: string } | undefined> {
  const { headers } = request;
  const id = headers instanceof Headers ? headers.get('x-user') : headers['x-user'];
  return typeof id === 'string' ? { id } : undefined;
}
