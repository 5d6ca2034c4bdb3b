/** Names of the buttons and forms, as the outside knows them. */
export const ACTION = {
  approve: 'approve',
  deny: 'deny',
  cancel: 'cancel',
  share: 'share',
  usageAccount: 'usage_account',
  usageOwner: 'usage_owner',
  usageSort: 'usage_sort',
  usageAll: 'usage_all',
  usageOpen: 'usage_open',
  usagePrevious: 'usage_previous',
  usageNext: 'usage_next',
  who: 'who',
  whoPrevious: 'who_previous',
  whoNext: 'who_next',
  confirmPolicy: 'confirm_policy',
  rejectPolicy: 'reject_policy',
  confirmImport: 'confirm_import',
  refreshHome: 'refresh_home',
  openRequest: 'open_request',
} as const;

export const CALLBACK = {
  request: 'request_launch',
  deny: 'deny_request',
  importFile: 'import_file',
  confirmImport: 'confirm_import',
} as const;
