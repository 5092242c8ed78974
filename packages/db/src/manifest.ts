/**
 * Where each table lives on a sharded PostgreSQL.
 *
 * `sharded` grows with redemptions and is spread by bucket; `reference` is small, rarely written
 * and copied to every node; `local` stays on the coordinator.
 */
export const manifest: Readonly<Record<string, 'sharded' | 'reference' | 'local'>> = {
  'auth.account': 'reference',
  'auth.challenge': 'local',
  'auth.credential': 'local',
  'auth.invite': 'local',
  'auth.session': 'local',
  'campaign.campaign': 'reference',
  'ledger.bucket': 'reference',
  'ledger.bucket_day': 'sharded',
  'ledger.leg': 'sharded',
  'ledger.lot': 'sharded',
  'ledger.posting': 'sharded',
  'ledger.redemption': 'sharded',
  'ledger.replay': 'sharded',
  'ledger.void': 'sharded',
  'ledger.wallet': 'sharded',
  'ledger.wallet_of_account': 'reference',
  'redemption.device': 'sharded',
  'redemption.device_key': 'reference',
  'redemption.join_code': 'local',
  'redemption.till': 'reference',
  'sale.applicant': 'local',
  'sale.application': 'local',
  'sale.application_change': 'local',
  'sale.draw': 'local',
  'sale.order': 'local',
  'sale.payment_notice': 'local',
  'sale.refund_case': 'local',
  'sale.stock': 'local',
  'sale.win': 'local',
  'settlement.payout': 'local',
  'settlement.run': 'local',
  'settlement.settlement_line': 'sharded',
  'settlement.statement': 'local',
  'shop.payee': 'reference',
  'shop.payee_account': 'reference',
  'shop.shop': 'reference',
}
