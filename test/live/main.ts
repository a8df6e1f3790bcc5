import { regions } from '../../src/regions.js';
import { checkContract, type Finding } from './contract.js';
import { checkMint } from './mint.js';

// Asks the real service what its documentation promises: npm run test:live. METERED_ENDPOINT asks another place, such as the stand-in.

const { METERED_APP_NAME: appName, METERED_ENDPOINT: override } = process.env;
const apiKey = process.env['METERED_API_KEY']?.trim();
const secretKey = process.env['METERED_SECRET_KEY']?.trim();

if ((!apiKey && !secretKey) || (!appName?.trim() && !override)) {
  console.log(
    'Skipped: set METERED_APP_NAME and METERED_API_KEY (the key of one TURN credential) to check the real service, ' +
      'or METERED_SECRET_KEY (the account) to check how a server creates a credential that expires.',
  );
} else {
  const app = appName
    ?.trim()
    .replace(/^https?:\/\//i, '')
    .replace(/[./].*$/, '');
  await check(override ?? `https://${app}.metered.live/api/v1/turn/credentials`);
}

async function check(endpoint: string): Promise<void> {
  try {
    const findings: Finding[] = [];
    if (apiKey) findings.push(...(await checkContract({ endpoint, apiKey }, regions)));
    if (secretKey) findings.push(...(await checkMint({ endpoint, secretKey })));
    report(findings);
  } catch (error) {
    // The message of a failed fetch names the host at most; its stack and its cause stay out all the same.
    console.log(`No answer (${error instanceof Error ? error.name : 'unknown'}). Check METERED_APP_NAME and this computer's connection.`);
    process.exitCode = 1;
  }
}

function report(findings: readonly Finding[]): void {
  for (const { about, expected, found, verdict } of findings)
    console.log(`${verdict.padEnd(14)}${about}: ${found}${verdict === 'as documented' ? '' : ` (documentation: ${expected})`}`);
  const differing = findings.filter(({ verdict }) => verdict === 'differs').length;
  console.log(differing ? `${differing} of ${findings.length} differ from the documentation.` : 'Nothing differs from the documentation.');
  process.exitCode = differing ? 1 : 0;
}
