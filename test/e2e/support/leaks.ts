import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { OAUTH_CLIENT, TOKENS } from '../../../sandbox';
import { formsOf } from '../../chaos/judge/leaks';
import { WEBHOOK } from './flows/bitrix24';

/** What the sandbox's OAuth tokens begin with: the rest is different each time. */
const OAUTH_TOKENS = ['sandbox-access-', 'sandbox-refresh-'];

const SECRETS = [...Object.values(TOKENS), OAUTH_CLIENT.secret, ...OAUTH_TOKENS, WEBHOOK.ap];

/**
 * Searches n8n's database of a home, in which it keeps credentials encrypted, and what it printed, for every secret of the
 * sandbox and of the webhook of Bitrix24: raw, URL-encoded, in base64.
 *
 * @returns a line for each secret that was found
 */
export async function secretsLeftIn(homeFolder: string, logFile: string): Promise<string[]> {
	const n8nFolder = join(homeFolder, '.n8n');
	const database = (await readdir(n8nFolder)).filter((name) => name.startsWith('database.sqlite'));
	const found: string[] = [];
	for (const file of [...database.map((name) => join(n8nFolder, name)), logFile]) {
		const text = await readFile(file, 'latin1');
		for (const secret of SECRETS) {
			for (const [way, forms] of formsOf(secret)) {
				const form = forms.find((one) => text.includes(one));
				if (form === undefined) continue;
				const at = text.indexOf(form);
				found.push(
					`${file}: ${secret.slice(0, 20)}..., ${way}, after ${JSON.stringify(text.slice(Math.max(0, at - 80), at))}`,
				);
			}
		}
	}
	return found;
}
