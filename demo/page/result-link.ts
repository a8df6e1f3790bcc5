import type { IceConnectivityElement, IceReport } from 'ice-servers-loader/element';

const prefix = '#result=';
/** A report has a few kilobytes. A link with much more does not come from this page. */
const mostBytes = 200_000;

export const canLink = typeof CompressionStream === 'function' && typeof DecompressionStream === 'function';

/** Returns the fragment that contains a report. */
export async function fragmentOf(report: IceReport): Promise<string> {
  const stream = new Blob([JSON.stringify(report)]).stream().pipeThrough(new CompressionStream('deflate'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return prefix + text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/**
 * Shows the report in a fragment. The element rejects anything else.
 *
 * @throws `Error` with a message for the person who opened the link
 */
export async function showFragment(fragment: string, element: Pick<IceConnectivityElement, 'report'>): Promise<void> {
  if (!fragment.startsWith(prefix)) throw new Error('The part of the address after the # is not a result, so it was ignored.');
  if (!canLink) throw new Error('This browser is too old to open a result from a link. Open the link in another browser.');
  const value = await decode(fragment.slice(prefix.length)).catch(() => undefined);
  const { format } = Object(value) as { format?: unknown };
  if (typeof format === 'number' && format > 1)
    throw new Error('This result was made by a newer version of this page, and cannot be shown.');
  try {
    // The element throws if this is not a report. For `undefined`, it would show its start.
    element.report = Object(value) as IceReport;
  } catch {
    throw new Error('The result in this link cannot be read: the link is incomplete or damaged. Ask for it again.');
  }
}

async function decode(text: string): Promise<unknown> {
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
  const chunks: BlobPart[] = [];
  let size = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    size += read.value.length;
    if (size > mostBytes) throw new Error('too long');
    chunks.push(read.value);
  }
  return JSON.parse(await new Blob(chunks).text());
}
