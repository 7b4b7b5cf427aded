import type { INodeParameters, INodeType } from 'n8n-workflow';

import { HideOffers } from '../../../nodes/HideOffers/HideOffers.node';
import { UnhideOffers } from '../../../nodes/UnhideOffers/UnhideOffers.node';
import { UpdateStocks } from '../../../nodes/UpdateStocks/UpdateStocks.node';
import {
	generateCatalogue,
	seededRandom,
	startSandbox,
	STORES,
	type Sandbox,
} from '../../../sandbox';
import { runNode, type NodeResult, type NodeRun } from '../../support/engine';
import { startFaultProxy, type FaultProxy, type ProxyLog } from '../proxy/faultProxy';
import type { Meaning } from '../scenario/rows';
import {
	CATALOGUE_SIZE,
	EXTRA_STORES,
	type Job,
	type Scenario,
	type Step,
} from '../scenario/scenario';
import { VirtualTime } from '../time/virtualTime';
import { LogRecorder } from './logs';
import { credentialFor, KEYS_OF_THE_MARKET } from './signIn';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** When every scenario begins. */
const START_MS = Date.parse('2026-11-23T12:00:00.250Z');

/** Age of what the Market holds before the first run. */
const OLDER_MS = HOUR_MS;

/** How long a run may take if the user gave no Maximum Wait. */
const LONGEST_RUN_MS = 3 * HOUR_MS;

/** On top of Maximum Wait and Verify: time for requests under way to end. */
const GRACE_MS = 3 * MINUTE_MS;

/** A run that sends more requests than this never ends: 400 records may be tried alone, each up to eight times. */
const MOST_REQUESTS = 4_000;

/** How long a stopped run may take to end. */
const STOP_MS = 5 * MINUTE_MS;

/** How one step went. */
export interface PlayedStep {
	step: Step;
	/** Why it did not end by itself; absent if it did. */
	endless?: string;
	/** Absent if not even the Stop button ended it. */
	result?: NodeResult;
}

/** Everything that can be seen of a scenario after its end. */
export interface Played {
	scenario: Scenario;
	steps: PlayedStep[];
	/** What the Market holds for a key in the end; null if it was never told. */
	held(key: string): number | boolean | null;
	secrets: ReadonlySet<string>;
	logs: readonly string[];
	/** What the host that is not the Market's received. */
	strayed: readonly string[];
	log: ProxyLog;
	virtualMs: number;
}

/** Everything that scenarios need, set up once for many of them. */
export class Stage {
	private constructor(
		private readonly time: VirtualTime,
		private readonly sandbox: Sandbox,
		private readonly proxy: FaultProxy,
		private readonly logs: LogRecorder,
	) {}

	static async open(): Promise<Stage> {
		const time = new VirtualTime(START_MS);
		const sandbox = await startSandbox({
			clock: time,
			catalogue: generateCatalogue(CATALOGUE_SIZE),
			extraStores: EXTRA_STORES,
			random: () => 0,
		});
		return new Stage(time, sandbox, await startFaultProxy(sandbox.url, time), new LogRecorder());
	}

	async close(): Promise<void> {
		await this.proxy.stop();
		await this.sandbox.stop();
	}

	/**
	 * Plays a scenario from its first run to the last late delivery.
	 *
	 * @param nodes nodes to use instead of ours, for a test of the judge
	 */
	async play(scenario: Scenario, nodes: Nodes = NODES): Promise<Played> {
		const { time, proxy, logs, sandbox } = this;
		const { market } = sandbox;
		time.reset(START_MS - OLDER_MS);
		time.install(seededRandom(scenario.seed));
		logs.start();
		try {
			market.reset();
			for (const { key, value } of scenario.before) this.put(key, value);
			time.reset(START_MS);
			market.setSwitches(scenario.switches);
			proxy.begin(scenario.seed, scenario.faults, KEYS_OF_THE_MARKET);
			const isWarehouses = scenario.steps[0]?.job === 'update warehouses';
			const { credential, secrets } = credentialFor(
				scenario.signIn,
				isWarehouses,
				proxy.url,
				market,
			);
			for (const secret of secrets) proxy.log.secrets.add(secret);
			credential.id = `credential ${scenario.seed}`;
			const steps: PlayedStep[] = scenario.steps.map((step) => ({ step }));
			const playing = this.playAll(steps, credential, nodes);
			const ended = await time.until(playing, Infinity);
			if (ended !== 'settled') throw new Error(`Seed ${scenario.seed}: the scenario ${ended}`);
			await playing;
			return {
				scenario,
				steps,
				held: (key) => this.held(key, scenario.steps),
				secrets: proxy.log.secrets,
				logs: logs.take(),
				strayed: proxy.foreign.takeReceived(),
				log: proxy.log,
				virtualMs: time.now() - START_MS,
			};
		} finally {
			logs.stop();
			time.uninstall();
		}
	}

	private async playAll(
		steps: PlayedStep[],
		credential: NodeRun['credential'],
		nodes: Nodes,
	): Promise<void> {
		let running: Array<Promise<void>> = [];
		for (const played of steps) {
			const { step } = played;
			if (!step.isBeside) {
				await Promise.all(running);
				running = [];
				// By the Market's rules hiding carries no moment: an old request that arrives after a newer run undoes it.
				if (!step.job.startsWith('update')) await this.proxy.delivered();
			}
			await this.time.sleep(step.gapMs);
			running.push(this.playStep(played, credential, nodes));
		}
		await Promise.all(running);
		await this.proxy.delivered();
	}

	private async playStep(
		played: PlayedStep,
		credential: NodeRun['credential'],
		nodes: Nodes,
	): Promise<void> {
		const { step } = played;
		let stop = () => {};
		let isOver = false;
		const run = runNode({
			node: new nodes[step.job](),
			...runOf(step, credential),
			onStart: (press) => (stop = press),
		}).then((result) => {
			isOver = true;
			played.result = result;
			// Refreshed tokens are kept, as in n8n's database.
			credential.data = result.credential;
		});
		const endless = await Promise.race([run.then(() => undefined), this.watch(step, () => isOver)]);
		if (endless === undefined) return;
		played.endless = endless;
		stop();
		await Promise.race([run, this.time.sleep(STOP_MS)]);
	}

	/** Resolves with what is wrong once a run takes too long. */
	private async watch(
		{ options: { maximumWait, verify } }: Step,
		isOver: () => boolean,
	): Promise<string | undefined> {
		const { time, proxy } = this;
		const startMs = time.now();
		const verifyMs = Number(verify ?? 0) * MINUTE_MS;
		const mostMs =
			maximumWait === undefined ? LONGEST_RUN_MS : Number(maximumWait) * MINUTE_MS + GRACE_MS;
		while (!isOver()) {
			await time.sleep(SECOND_MS * 10);
			if (time.now() - startMs > mostMs + verifyMs) {
				return `still going after ${Math.round((time.now() - startMs) / MINUTE_MS)} minutes`;
			}
			if (proxy.log.requests > MOST_REQUESTS) return `still going after ${MOST_REQUESTS} requests`;
		}
		return undefined;
	}

	private put(key: string, value: Meaning['value']): void {
		const { market } = this.sandbox;
		const { campaignId, sku } = this.placeOf(key);
		if (typeof value === 'boolean') market.setHidden(campaignId, sku, value);
		else market.setBalance(campaignId, sku, value);
	}

	private held(key: string, steps: readonly Step[]): number | boolean | null {
		const { campaignId, sku } = this.placeOf(key);
		const { available, hidden } = this.sandbox.market.offer(campaignId, sku);
		return steps.some(({ job }) => job.startsWith('update')) ? available : hidden;
	}

	/** A key names a campaign, or a warehouse that one or more stores sell from. */
	private placeOf(key: string): { campaignId: number; sku: string } {
		const [id, sku = ''] = key.split(' ');
		const store = this.sandbox.market.stores.find(
			({ campaignId, warehouseId }) => campaignId === Number(id) || warehouseId === Number(id),
		);
		return { campaignId: store?.campaignId ?? 0, sku };
	}
}

/** The nodes by their jobs. */
export type Nodes = Record<Job, new () => INodeType>;

const NODES: Nodes = {
	'update stores': UpdateStocks,
	'update warehouses': UpdateStocks,
	hide: HideOffers,
	unhide: UnhideOffers,
};

// As if from the list: n8n checks a typed ID against its pattern within milliseconds, which a busy machine lacks.
const locator = (value: string) => ({ __rl: true, mode: 'list', value });

/** The step in the form that n8n's engine takes. */
function runOf(
	{ job, rows, options, onError }: Step,
	credential: NodeRun['credential'],
): Omit<NodeRun, 'node'> {
	const parameters: INodeParameters = {
		authentication: credential.type === 'yandexMarketApi' ? 'apiKey' : 'oAuth2',
		inputMode: 'fieldNames',
		skuField: 'sku',
		...(job.startsWith('update') ? { stockField: 'stock' } : {}),
		...(job === 'update warehouses'
			? {
					sendTo: 'warehouse',
					business: locator(String(STORES.warehouseFbs.businessId)),
					warehouseFrom: 'field',
					warehouseField: 'place',
				}
			: { store: locator('={{ $json.place }}') }),
		options,
	};
	return { parameters, items: rows.map(({ json }) => json), onError, credential };
}
