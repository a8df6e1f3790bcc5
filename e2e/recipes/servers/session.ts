/**
 * REPLACE THIS with your own check of the session, token or cookie in the request. Whoever it lets in can use
 * TURN at your expense. As it stands, it lets nobody in, and every request gets a 401.
 *
 * The `id` becomes the credential's label at Metered: use an opaque id, not a name or an email address.
 */
export async function getUser(_request: unknown): Promise<{ id: string } | undefined> {
  return undefined;
}
