/** SKUs that were learnt at the same time. */
interface Lesson<V> {
	place: string;
	skus: readonly string[];
	value: V;
	untilMs: number;
}

/**
 * Remembers something about SKUs of many places for a while. It never holds more SKUs than it may: the oldest go first,
 * so that a process that runs for months does not grow.
 */
export class SkuMemory<V> {
	private readonly places = new Map<string, Map<string, Lesson<V>>>();
	/** In the order in which they were learnt. */
	private readonly lessons = new Set<Lesson<V>>();
	private count = 0;

	/**
	 * @param lastsMs how long something is remembered, in milliseconds
	 * @param most SKUs of all places together
	 */
	constructor(
		private readonly lastsMs: number,
		private readonly most: number,
	) {}

	/** How many SKUs are held. */
	get size(): number {
		return this.count;
	}

	/** What is remembered about a SKU, or undefined. */
	recall(place: string, sku: string, nowMs: number): V | undefined {
		const lesson = this.places.get(place)?.get(sku);
		return lesson && nowMs < lesson.untilMs ? lesson.value : undefined;
	}

	/**
	 * Remembers the same about several SKUs of a place, and forgets what is too old or too much.
	 *
	 * @param skus each once; texts of their own, not parts of a long one, which they would keep in memory
	 */
	remember(place: string, skus: readonly string[], value: V, nowMs: number): void {
		if (skus.length === 0) return;
		const lesson = { place, skus, value, untilMs: nowMs + this.lastsMs };
		const ofPlace = this.places.get(place) ?? new Map<string, Lesson<V>>();
		this.places.set(place, ofPlace);
		for (const sku of skus) ofPlace.set(sku, lesson);
		this.lessons.add(lesson);
		this.count += skus.length;
		for (const oldest of this.lessons) {
			if (nowMs < oldest.untilMs && this.count <= this.most) break;
			this.forget(oldest);
		}
	}

	private forget(lesson: Lesson<V>): void {
		this.lessons.delete(lesson);
		this.count -= lesson.skus.length;
		const ofPlace = this.places.get(lesson.place);
		if (!ofPlace) return;
		// What was learnt again since then is remembered by the later lesson.
		for (const sku of lesson.skus) if (ofPlace.get(sku) === lesson) ofPlace.delete(sku);
		if (ofPlace.size === 0) this.places.delete(lesson.place);
	}
}
