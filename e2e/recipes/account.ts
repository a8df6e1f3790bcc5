import { createIceServersLoader, type IceServersLoader } from 'ice-servers-loader';

let user: string | undefined;
let loader: IceServersLoader | undefined;

/** The loader of the signed-in user. */
export function getLoader(): IceServersLoader {
  if (!loader) throw new Error('Nobody is signed in.');
  return loader;
}

/** Call it when the page loads. Returns the user's ID, or `undefined` if nobody is signed in. */
export async function resumeSession(): Promise<string | undefined> {
  const response = await fetch('/api/session');
  await changeUser(response.ok ? (await response.json()).id : undefined);
  return user;
}

export async function signIn(name: string): Promise<string | undefined> {
  const response = await fetch('/api/session', { method: 'POST', body: new URLSearchParams({ name }) });
  if (!response.ok) throw new Error(`Signing in failed with ${response.status}.`);
  await changeUser((await response.json()).id);
  otherTabs.postMessage(user);
  // Ends the pause that follows the 401 of an expired session. Calls in progress get a new credential.
  await loader?.load({ cache: 'reload' }).catch((error) => console.warn(error));
  return user;
}

export async function signOut(): Promise<void> {
  try {
    const response = await fetch('/api/session', { method: 'DELETE' });
    if (!response.ok) throw new Error(`Signing out failed with ${response.status}.`);
  } finally {
    // The servers are deleted after the session has ended, so that no other tab can store them again.
    await changeUser(undefined);
    otherTabs.postMessage(undefined);
  }
}

/** One loader per user. The servers of the previous user are deleted from memory and storage. */
async function changeUser(id: string | undefined): Promise<void> {
  if (id === user) return;
  const previous = loader;
  user = id;
  loader = id ? createIceServersLoader({ endpoint: '/api/ice-servers', cacheKey: id }) : undefined;
  loader?.addEventListener('error', ({ detail }) => console.warn(detail.code, detail.message));
  await previous?.invalidate();
  previous?.dispose();
}

// The cookie belongs to all tabs, so another user's tab would load servers with the wrong session.
const otherTabs = new BroadcastChannel('account');
otherTabs.onmessage = ({ data }) => {
  if (data !== user) location.reload();
};
