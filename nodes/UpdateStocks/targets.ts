import type { INodeProperties } from 'n8n-workflow';

import { business, store } from '../common/panel/locators';
import { shownFor } from '../common/panel/shownFor';
import { warehouseProperties } from '../common/stocks/warehouses';

/** Which of the two ways. */
export const sendTo: INodeProperties = {
	displayName: 'Send To',
	name: 'sendTo',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Store',
			value: 'store',
			description:
				'For businesses with warehouse groups: send for one store of each group, the others follow',
		},
		{
			name: 'Warehouse',
			value: 'warehouse',
			description:
				'For businesses without warehouse groups: one run may send to several warehouses',
		},
	],
	default: 'store',
};

/** Send To, and what says which store or warehouse. */
export const targetProperties: INodeProperties[] = [
	sendTo,
	...shownFor({ sendTo: ['store'] }, [store]),
	...shownFor({ sendTo: ['warehouse'] }, [business, ...warehouseProperties]),
];
