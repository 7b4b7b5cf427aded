import { Cleanup } from '../../lab/system/cleanup';

it('undoes the newest first', async () => {
	const undone: string[] = [];
	const cleanup = new Cleanup();
	cleanup.add(async () => void undone.push('sandbox'));
	cleanup.add(async () => void undone.push('n8n'));
	await cleanup.run();
	expect(undone).toEqual(['n8n', 'sandbox']);
});

it('undoes the rest when one cannot be undone, and says so', async () => {
	const undone: string[] = [];
	const cleanup = new Cleanup();
	cleanup.add(async () => void undone.push('sandbox'));
	cleanup.add(() => Promise.reject(new Error('n8n does not end')));
	await expect(cleanup.run()).rejects.toThrow('Not everything could be ended');
	expect(undone).toEqual(['sandbox']);
});
