import { MarketReadRefused } from '../read/read';
import { refusalOf } from '../read/refusalOf';
import { refused, type Checked } from '../common/refusal';

/** What a reading tells of a record: that it is shown, or why not; whether that is its last word, or no word at all. */
export type Compared = Checked<unknown> & { isFinal?: boolean; isUnread?: boolean };

/**
 * Reads the Market once for these records, and tells of each, in their order, whether it is shown. What could not be read
 * costs no other record.
 */
export type Compare<T> = (some: readonly T[]) => Promise<Compared[]>;

/** What is told of a record that could not be read back. Whatever goes wrong, it does so after sending: it stays accepted. */
export function unread(error: unknown): Compared {
	const refusal = refusalOf(error);
	return {
		...refused(`It could not be read back. ${refusal.reason}`, refusal.advice),
		isFinal: !(error instanceof MarketReadRefused) || error.isDefinite,
		isUnread: true,
	};
}
