import { judge } from './judge/judge';
import { Stage } from './play/stage';
import { scenarioOf } from './scenario/scenario';

const SEEDS = Array.from({ length: 200 }, (_, index) => index + 1);
/** A busy machine may need a while. */
const SLOW_MS = 60_000;

let stage: Stage;
beforeAll(async () => {
	stage = await Stage.open();
});
afterAll(async () => await stage.close());

it.each(SEEDS)(
	'npm run chaos -- --seed %d',
	async (seed) => {
		expect(judge(await stage.play(scenarioOf(seed)))).toEqual([]);
	},
	SLOW_MS,
);
