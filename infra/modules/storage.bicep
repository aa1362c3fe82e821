// The storage account that holds everything Winback knows.
@description('Region.')
param location string
@description('Tags of every resource.')
param tags object
@description('Name of the account, lowercase letters and digits.')
@minLength(3)
@maxLength(24)
param name string
@description('Whether the account is off the internet.')
param isPrivate bool
@description('Public addresses that may reach it all the same.')
param addresses string[]

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  // Locally redundant: three copies in one data centre. Standard_ZRS where a region has zones costs a quarter more.
  sku: { name: 'Standard_LRS' }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: isPrivate && empty(addresses) ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'None'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
      ipRules: [for address in isPrivate ? addresses : []: { value: address, action: 'Allow' }]
    }
  }

  resource lifecycle 'managementPolicies' = {
    name: 'default'
    properties: {
      policy: {
        rules: [
          {
            // A post is deleted as soon as it was read. One that stays was orphaned, and it is personal data.
            name: 'forget-raw-posts'
            type: 'Lifecycle'
            enabled: true
            definition: {
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['raw-posts/'] }
              actions: { baseBlob: { delete: { daysAfterCreationGreaterThan: 30 } } }
            }
          }
        ]
      }
    }
  }
}
