// Who may read and write the storage account, and the container from which the app is started.
@description('The account, in this resource group.')
param accountName string
@description('Object id of the app\'s identity.')
param appPrincipalId string
@description('Object id of who deploys; empty: nobody.')
param deployerId string
@description('What deployerId is.')
param deployerType string

// The Functions host keeps leases and timer state in blobs, which asks for owner rather than contributor.
var roles = {
  storageBlobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  storageQueueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  storageTableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
}

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: accountName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource deployment 'containers' = {
      name: 'deployment'
    }
  }
}

resource appRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in items(roles): {
    name: guid(account.id, appPrincipalId, role.value)
    scope: account
    properties: {
      principalId: appPrincipalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
    }
  }
]

// The commands (`winback ... --storage`) act as whoever is logged in.
resource deployerRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in items(roles): if (!empty(deployerId)) {
    name: guid(account.id, deployerId, role.value)
    scope: account
    properties: {
      principalId: deployerId
      principalType: deployerType
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
    }
  }
]

@export()
@description('How the account is reached.')
type storageAccess = {
  @description('Resource id.')
  accountId: string
  @description('Of the blob service.')
  blobUri: string
  @description('Of the queue service.')
  queueUri: string
  @description('Of the table service.')
  tableUri: string
  @description('Where packages are kept.')
  deploymentContainerUri: string
}

@description('How the account is reached.')
output access storageAccess = {
  accountId: account.id
  blobUri: account.properties.primaryEndpoints.blob
  queueUri: account.properties.primaryEndpoints.queue
  tableUri: account.properties.primaryEndpoints.table
  deploymentContainerUri: '${account.properties.primaryEndpoints.blob}${account::blobs::deployment.name}'
}
