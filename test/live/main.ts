import { regions } from '../../src/regions.js';
import { checkContract } from './contract.js';

// Asks the real service what its documentation promises: npm run test:live. METERED_ENDPOINT asks another place, such as the stand-in.

const { METERED_APP_NAME: appName, METERED_API_KEY: apiKey, METERED_ENDPOINT: override } = process.env;

if (!apiKey?.trim() || (!appName?.trim() && !override)) {
  console.log('Skipped: set METERED_APP_NAME and METERED_API_KEY (the key of one TURN credential) to check the real service.');
} else {
  const app = appName
    ?.trim()
    .replace(/^https?:\/\//i, '')
    .replace(/[./].*$/, '');
  const endpoint = override ?? `https://${app}.metered.live/api/v1/turn/credentials`;
  try {
    const findings = await checkContract({ endpoint, apiKey: apiKey.trim() }, regions);
    for (const { about, expected, found, verdict } of findings)
      console.log(`${verdict.padEnd(14)}${about}: ${found}${verdict === 'as documented' ? '' : ` (documentation: ${expected})`}`);
    const differing = findings.filter(({ verdict }) => verdict === 'differs').length;
    console.log(
      differing ? `${differing} of ${findings.length} differ from the documentation.` : 'Nothing differs from the documentation.',
    );
    process.exitCode = differing ? 1 : 0;
  } catch (error) {
    // The message of a failed fetch names the host at most; its stack and its cause stay out all the same.
    console.log(`No answer (${error instanceof Error ? error.name : 'unknown'}). Check METERED_APP_NAME and this computer's connection.`);
    process.exitCode = 1;
  }
}
