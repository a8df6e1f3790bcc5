import { test } from '@playwright/test';
import { chooseTurnKind } from '../../demo/server/turn/turn-kind.js';

export const hasCoturn = (await chooseTurnKind()) === 'coturn';

/** How many servers the stand-in sends: Metered's five, or as many of them as node-turn serves. */
export const serverCount = hasCoturn ? 5 : 2;

/** Skips a test, or all of a file, without coturn: it needs TCP or TLS, or coturn's own switches or log. */
export const needCoturn = (): void => test.skip(!hasCoturn, 'It needs coturn.');
