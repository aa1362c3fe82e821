// The vault with the secrets. Nothing here writes one: `winback keys make` does, after this, and only what is missing.
@description('Region.')
param location string
@description('Tags of every resource.')
param tags object
@description('End of the name.')
param suffix string
@description('Whether the vault is off the internet.')
param isPrivate bool
@description('Public addresses that may reach it all the same.')
param addresses string[]
@description('Object id of the app\'s identity.')
param appPrincipalId string
@description('Object id of who deploys; empty: nobody.')
param deployerId string
@description('What deployerId is.')
param deployerType string

var keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var keyVaultSecretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'kv-${suffix}'
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    // Opt-outs are found by the mailbox key: nobody may destroy it, whatever role they have.
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    publicNetworkAccess: isPrivate && empty(addresses) ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'None'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
      ipRules: [for address in isPrivate ? addresses : []: { value: address }]
    }
  }
}

resource appRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, appPrincipalId, keyVaultSecretsUser)
  scope: vault
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUser)
  }
}

resource deployerRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(deployerId)) {
  name: guid(vault.id, deployerId, keyVaultSecretsOfficer)
  scope: vault
  properties: {
    principalId: deployerId
    principalType: deployerType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsOfficer)
  }
}

@description('Resource id.')
output id string = vault.id
@description('Address, with a slash at its end.')
output uri string = vault.properties.vaultUri
