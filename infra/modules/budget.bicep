// Warns when the month costs more than was thought.
@description('End of the name.')
param suffix string
@description('A month, in the currency of the subscription.')
param amount int
@description('First day of the first month.')
param start string
@description('Who is warned.')
param email string

resource budget 'Microsoft.Consumption/budgets@2023-11-01' = {
  name: 'budget-winback-${suffix}'
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: { startDate: start }
    notifications: {
      spent: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: [email]
      }
      forecast: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: [email]
      }
    }
  }
}
