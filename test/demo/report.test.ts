import { makeBalances } from '../../demo/balances';
import { judge, type Facts } from '../../demo/report';

const rows = makeBalances(12);

/** What is known after a run in which everything went well. */
function facts(changes: Partial<Facts> = {}): Facts {
	return {
		rows,
		execution: { status: 'success' },
		steps: [
			{ done: 'Hidden', accepted: 12, requests: 1, seconds: 0.4 },
			{ done: 'Updated', accepted: 12, requests: 1, seconds: 0.2 },
			{ done: 'Shown again', accepted: 12, requests: 1, seconds: 0.4 },
		],
		market: { balances: new Map(rows.map(({ sku, count }) => [sku, count])), hidden: [] },
		log: '.demo/n8n.log',
		...changes,
	};
}

function words(changes: Partial<Facts>): string {
	const { ok, lines } = judge(facts(changes));
	expect(ok).toBe(false);
	return lines.join('\n');
}

describe('the verdict', () => {
	it('is good when n8n, every step and the Market agree with the file', () => {
		const { ok, lines } = judge(facts());
		expect(ok).toBe(true);
		expect(lines.join('\n')).toContain('12 of 12 balances are exactly as in the file');
	});

	it('says what stood in the way if the Market was made to fail', () => {
		const met = { calls: 40, faults: 3, kinds: 2, repeated: 4, refused: 1, waitedSeconds: 118.4 };
		const { ok, lines } = judge(facts({ difficulties: met }));
		expect(ok).toBe(true);
		expect(lines).toContain(
			'  ok    Faults: 3 of 40 calls went wrong, in 2 ways; 4 had to be made again',
		);
		expect(lines).toContain(
			'  ok    Quotas: 118 s waited for the next window; 1 calls came too early (420)',
		);
	});

	it.each([{ faults: 0 }, { waitedSeconds: 0 }])(
		'is bad when nothing stood in the way: %p',
		(none) => {
			const met = {
				calls: 40,
				faults: 3,
				kinds: 2,
				repeated: 4,
				refused: 1,
				waitedSeconds: 118,
				...none,
			};
			expect(words({ difficulties: met })).toContain('FAIL');
		},
	);

	it('says how many rows, requests and seconds each step took', () => {
		expect(judge(facts()).lines).toContain('Hidden         12 of 12   1 requests   0.4 s');
	});

	it('names a SKU whose balance differs, with both numbers', () => {
		const balances = new Map(facts().market.balances).set('0557722', 6);
		const text = words({ market: { balances, hidden: [] } });
		expect(text).toContain('only 11 of 12 balances are as in the file');
		expect(text).toContain('0557722: the file says 5, the Market 6');
	});

	it('tells a balance of zero from no balance', () => {
		const balances = new Map(facts().market.balances);
		balances.delete('SKU,WITH,COMMAS');
		expect(words({ market: { balances, hidden: [] } })).toContain(
			'the file says 0, the Market has none',
		);
	});

	it('names the first few of many', () => {
		const text = words({ market: { balances: new Map(), hidden: [] } });
		expect(text).toContain('and 7 more');
		expect(text).not.toContain(rows[5]!.sku);
	});

	it('names goods that are still hidden', () => {
		const text = words({ market: { ...facts().market, hidden: ['557722'] } });
		expect(text).toContain('1 goods are still hidden from buyers');
		expect(text).toContain('557722');
	});

	it('repeats the message of the execution and says where the log is', () => {
		const text = words({ execution: { status: 'error', error: 'Store 1 is not yours' } });
		expect(text).toContain('ended with the status "error"');
		expect(text).toContain('Store 1 is not yours');
		expect(text).toContain('.demo/n8n.log');
	});

	it('is bad when a step did less than the whole file, even if the Market happens to agree', () => {
		const [hidden, updated, shown] = facts().steps;
		const text = words({
			steps: [hidden!, { ...updated!, accepted: 11, error: 'Too slow' }, shown!],
		});
		expect(text).toContain('Updated: 11 of 12 rows, the step stopped: Too slow');
	});

	it('is bad when a step did not run', () => {
		const [hidden, updated] = facts().steps;
		const text = words({
			steps: [hidden!, updated!, { done: 'Shown again', accepted: 0, requests: 0 }],
		});
		expect(text).toContain('did not run');
	});
});
