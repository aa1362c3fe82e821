// Winback in Azure: one resource group with a storage account, an identity and a function app on Flex Consumption.
// Deliberately small. Not here yet: Key Vault (secrets are app settings), Application Insights and alerts, backup of the tables, a private
// network, a custom domain, deployment from CI. docs/operations.md says what that means for whoever runs it.
targetScope = 'subscription'

@description('Name of the azd environment; part of the names of all resources.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('An Azure region that has Flex Consumption.')
param location string

@description('The business name that customers know.')
@minLength(1)
param businessName string

@description('The postal address of the business; every mail shows it.')
@minLength(1)
param postalAddress string

@description('Where customers reach the app from a mail, without /api. Empty: the address that Azure gives the app.')
param publicBaseUrl string = ''

@description('The web site of the business: where the buttons in mails lead.')
@minLength(1)
param website string

@description('IANA name of the time zone in which days and send windows are counted.')
param timeZone string = 'Europe/Amsterdam'

@description('The sender of all mail, in a domain whose SPF and DKIM allow SendGrid.')
@minLength(3)
param mailFrom string

@description('The domain whose mail SendGrid passes on to the app, so that replies arrive. Empty: the domain of mailFrom.')
param replyDomain string = ''

@description('Secret in the address of the reply webhook: 16 characters or more. Empty: replies are refused.')
@secure()
param inboundSecret string = ''

@description('Verification key of SendGrid\'s event webhook, as SendGrid shows it. Empty: events are refused.')
param eventKey string = ''

@description('SHA-256, in hex, of the API key of the till or web shop. Empty: purchases are refused.')
param apiKeyHash string = ''

@description('SendGrid key with the Mail Send permission.')
@secure()
@minLength(1)
param sendGridApiKey string

@description('Signs links and reply addresses: 32 random bytes or more, in base64.')
@secure()
@minLength(44)
param linkKey string

@description('Finds opt-outs by address: 32 random bytes or more, in base64. Never change it, or opt-outs are no longer found.')
@secure()
@minLength(44)
param mailboxKey string

@description('When customers are looked through: six-field NCRONTAB, in UTC.')
param scanSchedule string = '0 5 * * * *'

var tags = { 'azd-env-name': environmentName }
var suffix = uniqueString(subscription().id, environmentName, location)

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    location: location
    tags: tags
    suffix: suffix
  }
}

module app 'modules/app.bicep' = {
  name: 'app'
  scope: group
  params: {
    location: location
    tags: tags
    suffix: suffix
    storage: storage.outputs.access
    businessName: businessName
    postalAddress: postalAddress
    publicBaseUrl: publicBaseUrl
    website: website
    timeZone: timeZone
    mailFrom: mailFrom
    replyDomain: replyDomain
    inboundSecret: inboundSecret
    eventKey: eventKey
    apiKeyHash: apiKeyHash
    sendGridApiKey: sendGridApiKey
    linkKey: linkKey
    mailboxKey: mailboxKey
    scanSchedule: scanSchedule
  }
}

@description('Where the app answers.')
output APP_URL string = app.outputs.url
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_STORAGE_ACCOUNT string = storage.outputs.access.accountName
