import { STORES } from '../../sandbox';
import { useEditor } from './support/editor';
import { eventually } from './support/editorWait';
import { canvasSteps, notesCutOff } from './support/flows/canvas';
import { notesAndSteps, readyFlow, readyFlowNames, toldToFillIn } from './support/flows/readyFlow';
import { FILL_INS, filledInBy, sellerOf, type Seller } from './support/flows/seller';
import { useTestBed } from './support/testBed';

/** What the editor knows about a type of node. */
interface NodeType {
	name: string;
	version: number | number[];
}

const bed = useTestBed();
const editor = useEditor(bed);

let seller: Seller;
let types: NodeType[];
beforeAll(async () => {
	seller = await sellerOf(bed());
	types = await bed().client.get<NodeType[]>('/types/nodes.json');
});

it('knows what to fill in for every flow that is published', async () => {
	expect(Object.keys(FILL_INS).sort()).toEqual((await readyFlowNames()).sort());
});

describe.each(Object.entries(FILL_INS))('%s', (name, fillIns) => {
	const namesOf = (nodes: Array<{ name: string }>) => nodes.map((node) => node.name);

	it('consists of nodes that n8n has, in a version that it has', async () => {
		const known = (type: string, version: unknown) =>
			types.some((each) => each.name === type && [each.version].flat().includes(version as number));
		const { nodes } = await readyFlow(name);
		expect(nodes.filter(({ type, typeVersion }) => !known(type, typeVersion))).toEqual([]);
	});

	it('holds nobody’s credentials, stores or data', async () => {
		const flow = await readyFlow(name);
		expect(flow.nodes.filter(({ credentials }) => credentials !== undefined)).toEqual([]);
		expect(flow).toMatchObject({ settings: { executionOrder: 'v1' }, pinData: {} });
		for (const { campaignId } of Object.values(STORES)) {
			expect(JSON.stringify(notesAndSteps(flow).steps)).not.toContain(String(campaignId));
		}
	});

	it('says in numbered lines what to fill in, and asks for nothing else', async () => {
		expect(toldToFillIn(await readyFlow(name))).toEqual(fillIns(seller).map(({ node }) => node));
	});

	it('opens in the editor without a warning once filled in, with all notes readable', async () => {
		const flow = await filledInBy(seller, name);
		await editor().openWorkflow(await bed().client.importWorkflow(flow));
		const steps = await canvasSteps(editor(), flow);
		expect(namesOf(steps).sort()).toEqual(namesOf(notesAndSteps(flow).steps).sort());
		expect(steps.filter(({ hasIssues, isUnknown }) => hasIssues || isUnknown)).toEqual([]);
		expect(await notesCutOff(editor())).toEqual([]);
		await editor().shoot(`flow-${name}`);
		expect(editor().scriptErrors).toEqual([]);
	});

	it('opens in the editor as published, with nothing missing but what is to be filled in', async () => {
		const flow = await readyFlow(name);
		const withCredentials = fillIns(seller).filter(({ credentials }) => credentials);
		await editor().goOnToWorkflow(await bed().client.importWorkflow(flow));
		await eventually(async () => {
			const steps = await canvasSteps(editor(), flow);
			expect(namesOf(steps.filter(({ hasIssues }) => hasIssues)).sort()).toEqual(
				withCredentials.map(({ node }) => node).sort(),
			);
		});
	});
});

describe.each([
	'show-hidden-again',
	'drift-watch',
	'postgres-table',
	'erp-webhook',
	'every-15-minutes-changes-only',
	'1c-free-stock',
	'bitrix24',
	'google-sheets',
	'ledger-goods-in',
	'ledger-nightly-all',
	'ledger-orders-in',
	'ledger-send',
	'ledger-shop-sales',
	'moysklad',
	'orders-to-erp',
	'running-out',
	'whole-file-nightly',
])('%s, which starts by itself', (name) => {
	it('can be published once it is filled in, and not before', async () => {
		const { client } = bed();
		const asPublished = await client.importWorkflow(await readyFlow(name));
		await expect(client.activate(asPublished)).rejects.toThrow('configuration issues');
		const id = await client.importWorkflow(await filledInBy(seller, name));
		await client.activate(id);
		expect(await client.get(`/rest/workflows/${id}`)).toMatchObject({ active: true });
	});
});
