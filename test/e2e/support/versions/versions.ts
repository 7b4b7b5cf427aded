import { join } from 'node:path';

import { NEWEST } from '../../../../lab/n8n/install';
import { dependencies as newest } from '../../../../lab/n8n/package.json';
import { dependencies as oldest } from '../../n8n-oldest/package.json';
import { N8N_FOLDER, ROOT, WORK } from '../places';
import type { TestBedOptions } from '../testBed';

/** An n8n that the package has to work on. */
export interface Version {
	/** Its own number. */
	n8n: string;
	/** What a test bed needs to run it. */
	bed: Required<Pick<TestBedOptions, 'n8n' | 'env'>>;
	/** Whether it gets a new access token if the Market answers 403, as n8n does from 2.14 on. */
	refreshesOn403: boolean;
}

/** The newest whose dependencies are all available, and the oldest that is supported. */
export const VERSIONS: readonly Version[] = [
	{
		n8n: newest.n8n,
		bed: { n8n: { folder: N8N_FOLDER, pinned: NEWEST }, env: {} },
		refreshesOn403: true,
	},
	{
		n8n: oldest.n8n,
		bed: {
			n8n: {
				folder: join(WORK, 'n8n-oldest'),
				pinned: {
					lock: join(ROOT, 'test', 'e2e', 'n8n-oldest'),
					nodeMajors: [20, 22, 24],
					native: ['sqlite3'],
				},
			},
			// It does not start if it is told to disable a module that it does not know.
			env: { N8N_DISABLED_MODULES: 'chat-hub,quick-connect,insights' },
		},
		refreshesOn403: false,
	},
];
