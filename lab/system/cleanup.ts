/** What must be undone before the program ends. */
export class Cleanup {
	private readonly undos: Array<() => Promise<void>> = [];

	add(undo: () => Promise<void>): void {
		this.undos.push(undo);
	}

	/** Undoes everything, newest first. If one fails, the others are still undone. */
	async run(): Promise<void> {
		const failures: unknown[] = [];
		for (const undo of this.undos.splice(0).reverse()) {
			await undo().catch((error: unknown) => failures.push(error));
		}
		if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be ended');
	}
}
