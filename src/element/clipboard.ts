export type ShareResult = 'shared' | 'copied' | 'not-copied' | 'cancelled';

/** Copies a text. Never rejects. */
export async function copyText(text: string): Promise<'copied' | 'not-copied'> {
  try {
    // Without https there is no clipboard.
    await navigator.clipboard.writeText(text);
    return 'copied';
  } catch {
    return 'not-copied';
  }
}

/** Offers a text to the share sheet of the device, or copies it if there is none. Never rejects. */
export async function shareText(title: string, text: string): Promise<ShareResult> {
  if (typeof navigator.share !== 'function') return copyText(text);
  try {
    await navigator.share({ title, text });
    return 'shared';
  } catch (error) {
    return error instanceof Error && error.name === 'AbortError' ? 'cancelled' : copyText(text);
  }
}
