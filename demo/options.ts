import { parseArgs } from 'node:util';

/** What the user asked for on the command line. */
export interface DemoOptions {
	/** Make calls fail and quotas run short while the flow runs. */
	faults: boolean;
	/** Leave n8n and the storefront running afterwards, to look at. */
	open: boolean;
	help: boolean;
}

export const HELP = `Sends a file of 5,000 balances through a real n8n to a Yandex Market of your own on this machine,
checks what the Market holds afterwards, and keeps a ledger that knows what the Market sells.
The first time it installs n8n, which takes some minutes.

npm run demo              runs it and leaves nothing running
npm run demo -- --faults  the same while one call in twenty fails and quotas run short, which takes some minutes
npm run demo -- --open    leaves n8n and the storefront running, until Ctrl+C
npm run demo -- --help    this text
`;

export function readOptions(args: string[]): DemoOptions {
	const { values } = parseArgs({
		args,
		options: {
			faults: { type: 'boolean', default: false },
			open: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	return values;
}
