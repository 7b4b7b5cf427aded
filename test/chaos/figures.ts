import { FAILINGS, type Complaint, type Failing } from './judge/complaint';
import type { Played } from './play/stage';
import { FAULT_KINDS } from './proxy/kinds';

/** The totals of many scenarios. */
export class Figures {
	scenarios = 0;
	runs = 0;
	items = 0;
	requests = 0;
	virtualMs = 0;
	readonly faults = new Map<string, number>();
	/** Scenarios with each kind of complaint. */
	readonly bad: Record<Failing, number> = { wrong: 0, untold: 0, leaked: 0, endless: 0 };

	add({ steps, log, virtualMs }: Played, complaints: readonly Complaint[]): void {
		this.scenarios += 1;
		this.runs += steps.length;
		this.items += steps.reduce((sum, { step }) => sum + step.rows.length, 0);
		this.requests += log.requests;
		this.virtualMs += virtualMs;
		for (const [kind, count] of log.faults)
			this.faults.set(kind, (this.faults.get(kind) ?? 0) + count);
		for (const failing of FAILINGS)
			if (complaints.some((complaint) => complaint.failing === failing)) this.bad[failing] += 1;
	}

	get isClean(): boolean {
		return FAILINGS.every((failing) => this.bad[failing] === 0);
	}

	/** A Markdown table, as in docs/chaos.md. */
	table(): string {
		const rows: Array<[string, string]> = [
			['Random scenarios', number(this.scenarios)],
			['Runs of a node in them', number(this.runs)],
			['Items', number(this.items)],
			['Requests', number(this.requests)],
			['Faults', number([...this.faults.values()].reduce((sum, count) => sum + count, 0))],
			['Virtual time they took', `${number(Math.round(this.virtualMs / 3_600_000))} hours`],
			...FAILINGS.map((failing): [string, string] => [
				`Scenarios with something ${failing}`,
				number(this.bad[failing]),
			]),
		];
		return ['| | |', '|---|---:|', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join(
			'\n',
		);
	}

	faultsTable(): string {
		const rows = FAULT_KINDS.map(
			({ name }) => `| ${name} | ${number(this.faults.get(name) ?? 0)} |`,
		);
		return ['| Fault | Times |', '|---|---:|', ...rows].join('\n');
	}
}

function number(value: number): string {
	return value.toLocaleString('en-US');
}
