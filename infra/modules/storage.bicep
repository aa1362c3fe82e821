// The storage account that holds everything Winback knows, and the one identity that may read and write it.
param location string
param tags object
@minLength(13)
param suffix string

var deploymentContainer = 'deployment'

// The Functions host keeps leases and timer state in blobs, which asks for owner rather than contributor.
var roles = {
  storageBlobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  storageQueueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  storageTableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-winback-${suffix}'
  location: location
  tags: tags
}

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'st${suffix}'
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource deployment 'containers' = {
      name: deploymentContainer
    }
  }
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in items(roles): {
    name: guid(account.id, identity.id, role.value)
    scope: account
    properties: {
      principalId: identity.properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
    }
  }
]

@export()
@description('How an app reaches the account.')
type storageAccess = {
  accountName: string
  blobUri: string
  queueUri: string
  tableUri: string
  deploymentContainerUri: string
  identityId: string
  identityClientId: string
}

output access storageAccess = {
  accountName: account.name
  blobUri: account.properties.primaryEndpoints.blob
  queueUri: account.properties.primaryEndpoints.queue
  tableUri: account.properties.primaryEndpoints.table
  deploymentContainerUri: '${account.properties.primaryEndpoints.blob}${deploymentContainer}'
  identityId: identity.id
  identityClientId: identity.properties.clientId
}
