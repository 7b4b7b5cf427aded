import type { Refusal } from '../common/refusal';
import { ownFault } from '../wire/ownFault';
import { MarketReadRefused } from './read';

/** Why a reading gave nothing: the Market's refusal, or what went wrong on our own side. */
export function refusalOf(error: unknown): Refusal {
	return error instanceof MarketReadRefused ? error.refusal : ownFault(error);
}
