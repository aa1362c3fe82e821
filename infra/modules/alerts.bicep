// What the owner is told of. docs/operations.md says of each what to do.
@description('Region.')
param location string
@description('Tags of every resource.')
param tags object
@description('End of the name.')
param suffix string
@description('The Log Analytics workspace with the telemetry.')
param workspaceId string
@description('Who is mailed; empty: nobody.')
param email string
@description('After how long without a finished scan.')
param scanSilence string

// Each query gives a row when something is wrong, and none when not. Ratios count from three on: at a shop's volume one bounce is no trend.
var alerts = [
  {
    name: 'no-scan'
    title: 'No scan has finished'
    severity: 1
    window: scanSilence
    query: 'AppMetrics | where Name == "winback.scans" and tostring(Properties.outcome) == "finished" | summarize Finished = count() | where Finished == 0'
  }
  {
    name: 'poison'
    title: 'Messages failed for good'
    severity: 1
    // Twice as long as between two looks, so that what comes late is not missed.
    window: 'PT2H'
    query: 'AppMetrics | where Name == "winback.messages.failed" | summarize Failed = sum(Sum) by Queue = tostring(Properties.queue) | where Failed > 0'
  }
  {
    name: 'mail-failures'
    title: 'More than 2 % of the mails fail'
    severity: 2
    window: 'P1D'
    query: 'AppMetrics | where Name == "winback.mails" | extend Outcome = tostring(Properties.outcome) | where Outcome in ("sent", "failed", "uncertain") | summarize Failed = sumif(Sum, Outcome != "sent"), All = sum(Sum) | where Failed >= 3 and Failed > 0.02 * All'
  }
  {
    name: 'spam-complaints'
    title: 'More than 0.1 % of the mails are called spam'
    severity: 2
    window: 'P2D'
    query: 'AppMetrics | where Name == "winback.mail.events" | extend Event = tostring(Properties.event) | summarize Spam = sumif(Sum, Event == "spam-report"), Delivered = sumif(Sum, Event == "delivered") | where Spam >= 2 and Spam > 0.001 * Delivered'
  }
  {
    name: 'bounces'
    title: 'More than 3 % of the mails bounce'
    severity: 2
    window: 'P2D'
    query: 'AppMetrics | where Name == "winback.mail.events" | extend Event = tostring(Properties.event) | summarize Bounced = sumif(Sum, Event == "bounce"), Delivered = sumif(Sum, Event == "delivered") | where Bounced >= 3 and Bounced > 0.03 * (Bounced + Delivered)'
  }
  {
    name: 'cases-overdue'
    title: 'Complaints wait for longer than promised'
    severity: 2
    window: 'PT3H'
    query: 'AppMetrics | where Name == "winback.cases.overdue" | summarize arg_max(TimeGenerated, Max) | where Max > 0'
  }
  {
    name: 'function-errors'
    title: 'Functions fail'
    severity: 2
    // Twice as long as between two looks, so that what comes late is not missed.
    window: 'PT2H'
    // A refused request (4xx) is not an error of the app. A queue message that failed is tried again, so one or two are none either.
    query: 'AppRequests | where Success == false and (ResultCode !startswith "4") | summarize Failed = sum(ItemCount) | where Failed >= 5'
  }
]

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-winback-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'winback'
    enabled: true
    emailReceivers: empty(email) ? [] : [{ name: 'owner', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource rules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for alert in alerts: {
    name: 'alert-winback-${alert.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: 'Winback: ${alert.title}'
      description: 'See docs/operations.md, ${alert.name}.'
      severity: alert.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: 'PT1H'
      windowSize: alert.window
      criteria: {
        allOf: [{ query: alert.query, timeAggregation: 'Count', operator: 'GreaterThan', threshold: 0 }]
      }
      autoMitigate: true
      // The tables of a new workspace only come with the first telemetry.
      skipQueryValidation: true
      actions: { actionGroups: [group.id] }
    }
  }
]
