import { installN8n } from '../../../../lab/n8n/install';
import { Progress } from '../../../../lab/system/progress';
import { INSTALL_LOG } from '../places';
import type { Version } from './versions';

/** Far more than it takes, in milliseconds: a version that is not there yet takes about three minutes. */
export const INSTALL_WITHIN_MS = 15 * 60_000;

/** Installs an n8n, as far as that is not done yet. */
export async function installVersion({ n8n, bed }: Version): Promise<void> {
	const progress = new Progress((line) => process.stdout.write(`${line}\n`));
	const { signal } = new AbortController();
	const onStep = (words: string) => progress.say(`n8n ${n8n}: ${words}`);
	await installN8n({ ...bed.n8n, log: INSTALL_LOG, signal, onStep });
}
