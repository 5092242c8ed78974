/** Writes k6's numbers where the rig reads them. */
export const handleSummary = (data: unknown): Record<string, string> => ({
  [__ENV['SUMMARY_FILE'] ?? 'summary.json']: JSON.stringify(data),
})

/** The 99th percentile is not among what k6 reports by itself. */
export const summaryTrendStats = ['avg', 'med', 'p(90)', 'p(95)', 'p(99)', 'max']
