import { VirtualClock } from '../../../lab/time/virtualClock';
import { JoinedReads } from '../../../market/read/joinedReads';
import { virtualPorts } from '../../support/virtualPorts';

const ANSWER_MS = 300;

/** What a request of these IDs does; by default it finds all of them. */
type Reply = (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** Those who ask, and a Market that takes a while for each request. */
function asking(mostIds = 50, answerMs: (request: number) => number = () => ANSWER_MS) {
	const clock = new VirtualClock();
	const startMs = clock.now();
	const joined = new JoinedReads<string>(mostIds);
	const requests: Array<{ at: number; ids: string[] }> = [];
	const answers: Array<{ id: string; at: number; got: unknown }> = [];
	const all: Reply = async (ids) => new Map(ids.map((id) => [id, `order ${id}`]));

	/** Asks after so many milliseconds, and gives up after so many more. */
	const ask = async (id: string, afterMs: number, reply = all, patienceMs = 6_000, key = 'key') => {
		const ports = virtualPorts(async () => await Promise.reject(new Error()), { clock });
		if (afterMs > 0) await clock.sleep(afterMs);
		ports.stopAfter(patienceMs);
		const readSome = async (ids: readonly string[]) => {
			if (ports.signal.aborted) throw new Error('time is up');
			requests.push({ at: clock.now() - startMs, ids: [...ids] });
			await ports.clock.sleep(answerMs(requests.length));
			if (ports.signal.aborted) throw new Error('time is up');
			return await reply(ids);
		};
		const got = await joined
			.read(key, { id, readSome, ports })
			.catch(({ message }: Error) => message);
		answers.push({ id, at: clock.now() - startMs, got });
		return got;
	};
	return { ask, requests, answers };
}

const failing: Reply = async () => await Promise.reject(new Error('refused'));

it('One that comes alone goes at once, and by itself', async () => {
	const { ask, requests, answers } = asking();
	await ask('1', 0);
	await ask('2', 1_000);
	expect(requests).toEqual([
		{ at: 0, ids: ['1'] },
		{ at: ANSWER_MS + 1_000, ids: ['2'] },
	]);
	expect(answers.map(({ got }) => got)).toEqual(['order 1', 'order 2']);
});

it('Those that come at the same moment share a request; each is asked for once', async () => {
	const { ask, requests } = asking();
	const got = await Promise.all(['1', '2', '1'].map(async (id) => await ask(id, 0)));
	expect(requests).toEqual([{ at: 0, ids: ['1', '2'] }]);
	expect(got).toEqual(['order 1', 'order 2', 'order 1']);
});

it('Those that come while a request is under way share the next: an answer is never older than its question', async () => {
	const { ask, requests, answers } = asking();
	await Promise.all([ask('1', 0), ask('2', 10), ask('1', 20), ask('3', 30)]);
	expect(requests).toEqual([
		{ at: 0, ids: ['1'] },
		{ at: ANSWER_MS, ids: ['2', '1', '3'] },
	]);
	expect(answers.map(({ at }) => at)).toEqual([ANSWER_MS, ...Array(3).fill(2 * ANSWER_MS)]);
});

it('A request that hangs holds nobody up for long', async () => {
	const { ask, requests, answers } = asking(50, (request) => (request === 1 ? 60_000 : ANSWER_MS));
	const got = await Promise.all([ask('1', 0), ask('2', 100), ask('3', 200)]);
	expect(requests).toEqual([
		{ at: 0, ids: ['1'] },
		{ at: 600, ids: ['2', '3'] },
	]);
	expect(got).toEqual(['time is up', 'order 2', 'order 3']);
	expect(answers.map(({ at }) => at)).toEqual([900, 900, 6_000]);
});

it('More than one request may ask for go in several at once', async () => {
	const { ask, requests } = asking(2);
	await Promise.all(['1', '2', '3', '4', '5'].map(async (id) => await ask(id, 0)));
	expect(requests).toEqual([
		{ at: 0, ids: ['1', '2'] },
		{ at: 0, ids: ['3', '4'] },
		{ at: 0, ids: ['5'] },
	]);
});

it('Others with another key, such as another credential, are never joined', async () => {
	const { ask, requests } = asking();
	await Promise.all([
		ask('1', 0, undefined, undefined, 'mine'),
		ask('2', 0, undefined, undefined, 'theirs'),
	]);
	expect(requests.map(({ ids }) => ids)).toEqual([['1'], ['2']]);
});

it('One that is absent is absent, and the others are there', async () => {
	const { ask } = asking();
	const some: Reply = async (ids) =>
		new Map(ids.filter((id) => id !== '2').map((id) => [id, `order ${id}`]));
	const got = await Promise.all(['1', '2', '3'].map(async (id) => await ask(id, 0, some)));
	expect(got).toEqual(['order 1', undefined, 'order 3']);
});

describe('A request that fails', () => {
	it('for one is told to that one, without asking again', async () => {
		const { ask, requests } = asking();
		expect(await ask('1', 0, failing)).toBe('refused');
		expect(requests).toHaveLength(1);
	});

	it('for several is repeated for each by itself: one that the Market refuses costs the others nothing', async () => {
		const { ask, requests } = asking();
		const unlessTwo: Reply = async (ids) =>
			ids.includes('2') ? await failing(ids) : new Map(ids.map((id) => [id, `order ${id}`]));
		const got = await Promise.all(['1', '2', '3'].map(async (id) => await ask(id, 0, unlessTwo)));
		expect(got).toEqual(['order 1', 'refused', 'order 3']);
		expect(requests.map(({ ids }) => ids)).toEqual([['1', '2', '3'], ['1'], ['2'], ['3']]);
	});
});

describe('Time that is up', () => {
	it('for one ends nothing for those who have more of it', async () => {
		const { ask, requests, answers } = asking(50, () => 1_000);
		const got = await Promise.all([ask('1', 0), ask('2', 100, undefined, 500), ask('3', 200)]);
		expect(got).toEqual(['order 1', 'time is up', 'order 3']);
		expect(requests.map(({ ids }) => ids)).toEqual([['1'], ['3']]);
		expect(answers.map(({ id }) => id)).toEqual(['2', '1', '3']);
	});

	it('is up for each by itself, also while one shared request hangs', async () => {
		const { ask, requests, answers } = asking(50, () => 60_000);
		await Promise.all([ask('1', 0), ask('2', 100), ask('3', 300)]);
		expect(answers).toEqual([
			{ id: '1', at: 6_000, got: 'time is up' },
			{ id: '2', at: 6_100, got: 'time is up' },
			{ id: '3', at: 6_300, got: 'time is up' },
		]);
		expect(requests).toHaveLength(2);
	});
});

it('Is ready for the next after everybody has given up', async () => {
	const { ask, requests } = asking(50, (request) => (request === 1 ? 60_000 : ANSWER_MS));
	await Promise.all([ask('1', 0, undefined, 50), ask('2', 10, undefined, 20)]);
	expect(await ask('3', 0)).toBe('order 3');
	expect(requests.map(({ ids }) => ids)).toEqual([['1'], ['3']]);
});
