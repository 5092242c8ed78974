import { Field, SelectField } from '@minnaken/ui'
import { useWords } from '../words.ts'
import { type AccountFault, type AccountTyped, accountTypes } from './account-typed.ts'

const numbers = [
  { field: 'bankCode', max: 4 },
  { field: 'branchCode', max: 3 },
] as const

/** A bank account as it stands in the bank book. `problem` is the service's word on one field. */
export function AccountFields({
  value,
  faults,
  onChange,
}: Readonly<{
  value: AccountTyped
  faults: readonly AccountFault[]
  onChange: (value: AccountTyped) => void
}>) {
  const { w, t } = useWords()
  const errorAt = (field: AccountFault) =>
    faults.includes(field) ? w(`account.wrong.${field}`) : undefined
  return (
    <fieldset className="flex flex-col gap-4">
      <legend className="pb-2 text-xl font-bold">{w('account.title')}</legend>
      {numbers.map(({ field, max }) => (
        <Field
          key={field}
          label={w(`account.${field}`)}
          hint={w(`account.hint.${field}`)}
          inputMode="numeric"
          autoComplete="off"
          maxLength={max}
          value={value[field]}
          onChange={(event) => onChange({ ...value, [field]: event.target.value })}
          error={errorAt(field)}
        />
      ))}
      <SelectField
        label={w('account.accountType')}
        value={value.accountType}
        onChange={(event) =>
          onChange({
            ...value,
            accountType: accountTypes.find((it) => String(it) === event.target.value) ?? 1,
          })
        }
      >
        {accountTypes.map((type) => (
          <option key={type} value={type}>
            {t(`account.type.${type}`)}
          </option>
        ))}
      </SelectField>
      <Field
        label={w('account.accountNumber')}
        hint={w('account.hint.accountNumber')}
        inputMode="numeric"
        autoComplete="off"
        maxLength={10}
        value={value.accountNumber}
        onChange={(event) => onChange({ ...value, accountNumber: event.target.value })}
        error={errorAt('accountNumber')}
      />
      <Field
        label={w('account.holder')}
        hint={w('account.hint.holder')}
        autoComplete="off"
        maxLength={60}
        value={value.holder}
        onChange={(event) => onChange({ ...value, holder: event.target.value })}
        error={errorAt('holder')}
      />
    </fieldset>
  )
}
