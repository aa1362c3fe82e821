// Winback in Azure: one resource group with everything in it, reached by identity and watched. docs/operations.md walks through it.
targetScope = 'subscription'

import { ownerSettings } from 'modules/settings.bicep'

@description('Name of the azd environment; part of the names of all resources.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('An Azure region that has Flex Consumption.')
param location string

@description('Who deploys: object id of the person, group or service principal that may read and write the data and put secrets into the vault. Empty: nobody but the app.')
param principalId string = ''

@description('What principalId is.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param principalType string = 'User'

@description('What the business is and how it works: the app\'s own settings by their names. One that is empty keeps the app\'s default.')
param settings ownerSettings

@description('API keys of tills and web shops: per name the SHA-256 of its key in hex, as `winback keys new NAME` prints it. An empty one is left out.')
param apiKeys object = {}

@description('When customers are looked through: six-field NCRONTAB, in UTC.')
param scanSchedule string = '0 5 * * * *'

@description('After how long without a finished scan there is an alert, as ISO 8601; longer than scanSchedule lets pass.')
@allowed(['PT3H', 'PT6H', 'P1D', 'P2D'])
param scanSilence string = 'PT3H'

@description('Who is mailed by the alerts and the budget. Empty: nobody, and the alerts only show in the portal.')
param alertEmail string = ''

@description('Euros, or whatever the subscription is billed in, per month that the budget warns about at 80 % spent and 100 % forecast.')
param monthlyBudget string = '25'

@description('First day of the month in which the budget begins, yyyy-MM-01; it cannot be changed later. Empty: no budget.')
param budgetStart string = ''

@description('Gigabytes of telemetry a day after which nothing more is taken that day, alerts included. A decimal point; -1: no limit.')
param dailyTelemetryGb string = '0.5'

@description('Keep storage and vault off the internet: a virtual network, private endpoints and private DNS zones, about € 30 a month. true or false.')
@allowed(['true', 'false'])
param privateNetwork string = 'false'

@description('Public addresses or ranges from which storage and vault may be reached all the same, separated by commas, so that commands work with a private network.')
param allowedAddresses string = ''

@description('A storage account that is there already, in place of one of its own. Shared keys and public access are then left as they are. Empty: make one.')
param existingStorageAccount string = ''

@description('The resource group of existingStorageAccount, in the same subscription. Empty: the resource group of this environment.')
param existingStorageResourceGroup string = ''

@description('A host name of your own for the app, for instance winback.your-domain.nl, once its DNS records are there. Empty: the name that Azure gives.')
param customDomain string = ''

var tags = { 'azd-env-name': environmentName, product: 'winback' }
var suffix = uniqueString(subscription().id, environmentName, location)
var storageName = empty(existingStorageAccount) ? 'st${suffix}' : existingStorageAccount
var storageGroupName = empty(existingStorageAccount) || empty(existingStorageResourceGroup)
  ? group.name
  : existingStorageResourceGroup
var isPrivate = privateNetwork == 'true'
var addresses = map(filter(split(allowedAddresses, ','), address => !empty(trim(address))), address => trim(address))

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  scope: group
  params: { location: location, tags: tags, suffix: suffix }
}

module storage 'modules/storage.bicep' = if (empty(existingStorageAccount)) {
  name: 'storage'
  scope: group
  params: { location: location, tags: tags, name: storageName, isPrivate: isPrivate, addresses: addresses }
}

module storageAccess 'modules/storage-access.bicep' = {
  name: 'storage-access'
  scope: resourceGroup(storageGroupName)
  params: {
    accountName: storageName
    appPrincipalId: identity.outputs.principalId
    deployerId: principalId
    deployerType: principalType
  }
  dependsOn: [storage]
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  scope: group
  params: {
    location: location
    tags: tags
    suffix: suffix
    isPrivate: isPrivate
    addresses: addresses
    appPrincipalId: identity.outputs.principalId
    deployerId: principalId
    deployerType: principalType
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    location: location
    tags: tags
    suffix: suffix
    dailyGb: dailyTelemetryGb
    appPrincipalId: identity.outputs.principalId
  }
}

module network 'modules/network.bicep' = if (isPrivate) {
  name: 'network'
  scope: group
  params: {
    location: location
    tags: tags
    suffix: suffix
    storageId: storageAccess.outputs.access.accountId
    vaultId: vault.outputs.id
  }
}

module app 'modules/app.bicep' = {
  name: 'app'
  scope: group
  params: {
    location: location
    tags: tags
    suffix: suffix
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storage: storageAccess.outputs.access
    vaultUri: vault.outputs.uri
    insightsConnectionString: monitoring.outputs.connectionString
    subnetId: network.?outputs.appSubnetId ?? ''
    settings: settings
    apiKeys: apiKeys
    scanSchedule: scanSchedule
    customDomain: customDomain
  }
}

module domain 'modules/domain.bicep' = if (!empty(customDomain)) {
  name: 'domain'
  scope: group
  params: { location: location, appName: app.outputs.name, host: customDomain }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    location: location
    tags: tags
    suffix: suffix
    workspaceId: monitoring.outputs.workspaceId
    email: alertEmail
    scanSilence: scanSilence
  }
}

module workbook 'modules/workbook.bicep' = {
  name: 'workbook'
  scope: group
  params: { location: location, tags: tags, workspaceId: monitoring.outputs.workspaceId }
}

module budget 'modules/budget.bicep' = if (!empty(budgetStart) && !empty(alertEmail)) {
  name: 'budget'
  scope: group
  params: { suffix: suffix, amount: int(monthlyBudget), start: budgetStart, email: alertEmail }
}

@description('Where the app answers.')
output APP_URL string = app.outputs.url

@description('Resource id of the function app: what `--site` takes.')
output AZURE_APP_ID string = app.outputs.id

@description('The vault with the secrets: what `--vault` takes.')
output AZURE_KEY_VAULT_URL string = vault.outputs.uri

@description('Holds all of it.')
output AZURE_RESOURCE_GROUP string = group.name

@description('The account with the customers: what `--storage` takes.')
output AZURE_STORAGE_ACCOUNT string = storageName
