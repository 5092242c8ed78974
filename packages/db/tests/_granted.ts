import type { ServiceRole } from '../src/roles.ts'

/** Columns of a table by their names, or all of them. */
export type Columns = typeof every | string

export const every = Symbol('every column')

export type Granted = Readonly<{
  select?: Columns
  insert?: Columns
  update?: Columns
  remove?: true
}>

/**
 * What each service may do, table by table: this much and nothing else. Nobody truncates.
 *
 * A statement that is not in here has to be refused by PostgreSQL, and one that is has to work.
 */
export const granted: Readonly<Record<ServiceRole, Readonly<Record<string, Granted>>>> = {
  purchase: {
    'auth.account': { select: every, insert: every, update: 'stopped_at' },
    'auth.challenge': { select: every, insert: every, update: 'created_at', remove: true },
    'auth.credential': {
      select: every,
      insert: every,
      update: 'counter backed_up last_used_at counter_regressed_at',
    },
    'auth.session': { select: every, insert: every, update: 'revoked_at', remove: true },
    'campaign.campaign': { select: every, insert: every },
    'ledger.bucket': { select: every },
    'ledger.bucket_day': { select: every, insert: 'bucket business_date' },
    'ledger.leg': {
      select: every,
      insert: 'bucket posting_id leg_no debit_account credit_account yen campaign_id lot_id',
    },
    'ledger.lot': { select: every, insert: every },
    'ledger.posting': {
      select: every,
      insert: 'bucket posting_id event about posted_at business_date',
    },
    'ledger.redemption': { select: every },
    'ledger.void': { select: every },
    'ledger.wallet': {
      select: every,
      insert: 'bucket wallet_id account_id opened_at',
      update: 'stopped_at',
    },
    'ledger.wallet_of_account': { select: every, insert: every },
    'sale.applicant': {
      select: every,
      insert: every,
      update: 'name name_kana birth_date address person_key',
    },
    'sale.application': {
      select: every,
      insert: every,
      update: 'account_id group_code household units_wanted state claim_code_hash changed_at',
    },
    'sale.application_change': { select: every, insert: every },
    'sale.draw': {
      select: every,
      insert: every,
      update:
        'state public_value frozen_at frozen_by list_digest members_digest terms terms_digest ' +
        'run_at run_by publication published_at published_by',
    },
    'sale.order': { select: every, insert: every, update: 'state slip_no paid_at state_since' },
    'sale.payment_notice': { select: every, insert: every },
    'sale.refund_case': { select: every, insert: every, update: 'closed_at closed_by' },
    'sale.stock': { select: every, insert: every, update: 'units_free sale_seq released_at' },
    'sale.win': {
      select: every,
      insert: every,
      update: 'units_won units_reserved units_paid units_released explanation',
    },
    'shop.shop': { select: 'shop_id shop_no name address category shop_class state' },
  },
  redemption: {
    'auth.account': { select: 'account_id role audience stopped_at' },
    'auth.credential': {
      select: 'credential_id account_id audience public_key backup_eligible',
    },
    'auth.session': { select: every },
    'campaign.campaign': { select: every },
    'ledger.bucket': { select: every },
    'ledger.bucket_day': { select: every, update: 'lock_only' },
    'ledger.leg': {
      select: every,
      insert: 'bucket posting_id leg_no debit_account credit_account yen campaign_id lot_id',
    },
    'ledger.lot': { select: every, update: 'remaining_yen' },
    'ledger.redemption': {
      select: every,
      insert:
        'bucket redemption_id device_id nonce wallet_id shop_id till_id yen business_date ' +
        'decided_at',
    },
    'ledger.replay': { insert: 'bucket replay_id redemption_id replayed_at' },
    'ledger.void': {
      select: every,
      insert:
        'bucket void_id redemption_id shop_id yen voided_by actor_id reason idempotency_key ' +
        'fingerprint business_date decided_at',
    },
    'ledger.wallet': { select: every },
    'ledger.wallet_of_account': { select: every, update: 'lock_only' },
    'redemption.device': { select: every, insert: every, update: 'revoked_at' },
    'redemption.device_key': { select: every, insert: every },
    'redemption.join_code': { select: every, insert: every, update: 'used_at', remove: true },
    'redemption.number_misses': { select: every, insert: every, update: 'since misses' },
    'redemption.payment_number': { select: every, insert: every, remove: true },
    'redemption.till': { select: every, insert: every, update: 'revoked_at' },
    'shop.photo': { select: 'shop_id photo_id' },
    'shop.shop': { select: every },
  },
  settlement: {
    'auth.account': { select: every, insert: every, update: 'stopped_at' },
    'auth.challenge': { select: every, insert: every, update: 'created_at', remove: true },
    'auth.credential': {
      select: every,
      insert: every,
      update: 'counter backed_up last_used_at counter_regressed_at',
    },
    'auth.invite': { select: every, update: 'used_at' },
    'auth.session': { select: every, insert: every, update: 'revoked_at', remove: true },
    'campaign.campaign': { select: every },
    'ledger.bucket': { select: every },
    'ledger.bucket_day': { select: every, update: 'state' },
    'ledger.leg': {
      select: every,
      insert: 'bucket posting_id leg_no debit_account credit_account yen campaign_id lot_id',
    },
    'ledger.posting': {
      select: every,
      insert: 'bucket posting_id event about posted_at business_date',
    },
    'ledger.redemption': { select: every },
    'ledger.void': { select: every },
    'redemption.till': { select: 'till_id name' },
    'settlement.federation': { select: every },
    'settlement.payout': {
      select: every,
      insert: every,
      update: 'state state_since return_reason return_posted_at',
    },
    'settlement.run': {
      select: every,
      insert: every,
      update:
        'pay_date state closed_at checked_at checked_by file file_sha256 approved_at ' +
        'approved_by posted_at sent_at sent_by bank_receipt settled_at',
    },
    'settlement.settlement_line': { select: every, insert: every },
    'settlement.share': { select: every, insert: every },
    'settlement.statement': {
      select: every,
      insert: every,
      update:
        'payee_id payee_account_id carried_in_yen returned_yen fee_yen paid_yen ' +
        'carried_out_yen held',
    },
    'shop.notice': { select: every, insert: every },
    'shop.notice_read': { select: every, insert: every },
    'shop.payee': { select: every, insert: every },
    'shop.payee_account': {
      select: every,
      insert: every,
      update: 'state confirmed_at checked_at checked_by check_reason',
    },
    'shop.photo': {
      select: every,
      insert: every,
      update: 'photo_id jpeg changed_at',
      remove: true,
    },
    'shop.profile': {
      select: every,
      insert: every,
      update: 'hours closed_days languages step_free website latitude longitude changed_at',
    },
    'shop.shop': {
      select: every,
      insert: every,
      update:
        'payee_id shop_class state state_since state_reason decided_by held_since held_reason',
    },
    'shop.shop_change': { select: every, insert: every },
  },
  auditor: {
    'auth.account': { select: 'account_id role audience created_at stopped_at' },
    'campaign.campaign': { select: every },
    'ledger.bucket': { select: every },
    'ledger.bucket_day': { select: every },
    'ledger.leg': { select: every },
    'ledger.lot': { select: every },
    'ledger.posting': { select: every },
    'ledger.redemption': { select: every },
    'ledger.replay': { select: every },
    'ledger.void': { select: every },
    'ledger.wallet': { select: every },
    'ledger.wallet_of_account': { select: every },
    'redemption.device': { select: 'bucket device_id wallet_id registered_at revoked_at' },
    'redemption.till': { select: 'till_id shop_id name joined_at expires_at revoked_at' },
    'sale.application_change': { select: every },
    'sale.draw': {
      select:
        'campaign_id round state seed_commit public_value committed_at committed_by frozen_at ' +
        'frozen_by list_digest members_digest terms terms_digest run_at run_by publication ' +
        'published_at published_by',
    },
    'sale.order': { select: every },
    'sale.payment_notice': { select: every },
    'sale.refund_case': { select: every },
    'sale.stock': { select: every },
    'sale.win': { select: every },
    'settlement.federation': { select: every },
    'settlement.payout': { select: every },
    'settlement.run': {
      select:
        'run_id run_no period_start period_end pay_date fee_bps minimum_yen state opened_at ' +
        'closed_at checked_at checked_by file_sha256 approved_at approved_by posted_at sent_at ' +
        'sent_by bank_receipt settled_at',
    },
    'settlement.settlement_line': { select: every },
    'settlement.share': { select: every },
    'settlement.statement': { select: every },
    'shop.shop': { select: every },
    'shop.shop_change': { select: every },
  },
}
