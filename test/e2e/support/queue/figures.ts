import type { Member } from './member';

/** What the tests of a file have measured, for docs/scaling.md. */
export class Figures {
	private readonly rows: Array<readonly [what: string, measured: string]> = [];

	add(what: string, measured: string | number): void {
		this.rows.push([what, String(measured)]);
	}

	/** Notes how much memory each process uses now. */
	async addMemory(when: string, members: readonly Member[]): Promise<void> {
		for (const member of members) {
			const { now, peak, children } = await member.memory();
			const [nowMb, peakMb, childrenMb] = [now, peak, children].map((mb) => mb.toFixed(0));
			const measured = `${nowMb} MB, at most ${peakMb} MB; its runner of Code nodes ${childrenMb} MB`;
			this.add(`Memory of ${member.name} ${when}`, measured);
		}
	}

	/** Prints them as a table. */
	print(): void {
		const lines = this.rows.map(([what, measured]) => `| ${what} | ${measured} |`);
		process.stdout.write(['', '| Queue mode | Measured |', '|---|---|', ...lines, ''].join('\n'));
	}
}
