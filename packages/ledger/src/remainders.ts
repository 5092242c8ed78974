/**
 * The end of a statement that moves value: writes what is left in each lot, as one of its own
 * `with` queries, and fails unless every lot was there, so that nothing of the transaction stays.
 *
 * The bucket is the first parameter of the statement; these are the names of two others. It costs
 * no trip, and the statement answers no row: a text that is no number is how SQL alone can fail.
 */
export const writeRemainders = (lotIds: `$${number}`, remainders: `$${number}`): string => `
written as (
  update ledger.lot set remaining_yen = n.remaining_yen
  from unnest(${lotIds}::uuid[], ${remainders}::bigint[]) as n (lot_id, remaining_yen)
  where lot.bucket = $1::int and lot.lot_id = n.lot_id
  returning 1
)
select 1 from written having case
  when count(*) = cardinality(${lotIds}::uuid[]) then false
  else (count(*) || ' lots were written of ' || cardinality(${lotIds}::uuid[]))::int = 0
end`
