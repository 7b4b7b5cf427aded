import type { Switches } from '../switches';
import { ConnectionDropped, Refusal } from './refusal';

const MESSAGES = { 500: 'Internal server error', 503: 'Service is temporarily unavailable' } as const;

/**
 * Strikes the call where a fault is asked for, before any of it is processed.
 * @throws Refusal 500 or 503, or ConnectionDropped.
 */
export function strike(switches: Switches): void {
	const fault = switches.failNext;
	if (fault === null) return;
	switches.failNext = fault.count > 1 ? { ...fault, count: fault.count - 1 } : null;
	if (fault.status === 'drop') throw new ConnectionDropped();
	throw new Refusal(fault.status, MESSAGES[fault.status]);
}
