import { parseArgs } from 'node:util';

import { generateCatalogue, readCatalogue } from './catalogue';
import { mixedFaults } from './faults/rules';
import { OAUTH_CLIENT } from './oauth/yandexId';
import { startSandbox, type Sandbox } from './server';
import { extraStores } from './stores';
import { parseSwitches, type Switches } from './switches';
import { tokensAndStores } from './tokensAndStores';

const HELP = `A Yandex Market of your own, on this machine only.

npm run sandbox -- [options]
  --port <number>         port on 127.0.0.1 (default 8780; 0 = any free one)
  --offers <number>       size of the generated catalogue (default 50)
  --catalogue <file.csv>  a catalogue of your own: columns sku, name, price (and archived)
  --extra-stores <number> further FBS stores (default 0)
  --faults <rate>         faults of all kinds at this rate of the calls, e.g. 0.05
  --switch <name=value>   a switch to start with; may be repeated
  --help                  this text

Switches, the control endpoint and examples: docs/sandbox.md
`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '8780' },
			offers: { type: 'string', default: '50' },
			catalogue: { type: 'string' },
			'extra-stores': { type: 'string', default: '0' },
			faults: { type: 'string', default: '0' },
			switch: { type: 'string', multiple: true, default: [] },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return;
	}
	const sandbox = await startSandbox({
		port: wholeNumber('port', values.port),
		catalogue:
			values.catalogue === undefined
				? generateCatalogue(wholeNumber('offers', values.offers))
				: await readCatalogue(values.catalogue),
		extraStores: extraStores(wholeNumber('extra-stores', values['extra-stores'])),
		switches: readSwitches(values.switch, values.faults),
	});
	process.stdout.write(greeting(sandbox));
	for (const signal of ['SIGINT', 'SIGTERM'] as const)
		process.once(signal, () => void sandbox.stop());
}

function wholeNumber(option: string, text: string): number {
	if (!/^\d+$/.test(text)) throw new Error(`--${option} takes a whole number, not '${text}'`);
	return Number(text);
}

function rateOfFaults(text: string): number {
	if (!/^[\d.]+$/.test(text) || !(Number(text) <= 1))
		throw new Error(`--faults takes a rate from 0 to 1, not '${text}'`);
	return Number(text);
}

/**
 * Reads `latencyMs=200` and `unknownSku=refuse` alike: a value that is not JSON is a string. The faults of `--faults` are
 * added to those of a switch.
 */
function readSwitches(assignments: readonly string[], faults: string): Partial<Switches> {
	const entries = assignments.map((assignment) => {
		const [name = '', ...value] = assignment.split('=');
		return [name, jsonOrText(value.join('='))] as const;
	});
	const switches = parseSwitches(Object.fromEntries(entries));
	const rate = rateOfFaults(faults);
	return rate === 0
		? switches
		: { ...switches, faults: [...(switches.faults ?? []), ...mixedFaults(rate)] };
}

function jsonOrText(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

function greeting({ url, oauthUrl, market }: Sandbox): string {
	return [
		'',
		'Yandex Market sandbox',
		'',
		`  Storefront   ${url}/`,
		`  Partner API  ${url}`,
		`  OAuth        ${oauthUrl}/authorize  ${oauthUrl}/token`,
		`               client ${OAUTH_CLIENT.id}, secret ${OAUTH_CLIENT.secret}`,
		`  Control      ${url}/_sandbox/state`,
		'',
		...tokensAndStores(market),
		'',
		'Ctrl+C stops it.',
		'',
	].join('\n');
}

main().catch((error: NodeJS.ErrnoException) => {
	const isTaken = error.code === 'EADDRINUSE';
	const advice = isTaken ? ': the port is taken, choose another with --port' : `: ${error.message}`;
	process.stderr.write(`The sandbox did not start${advice}\n`);
	process.exitCode = 1;
});
