// Who the app is: for storage, the vault and telemetry, in place of keys.
@description('Region.')
param location string
@description('Tags of every resource.')
param tags object
@description('End of the name.')
param suffix string

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-winback-${suffix}'
  location: location
  tags: tags
}

@description('Resource id.')
output id string = identity.id
@description('What the app names to say which identity it means.')
output clientId string = identity.properties.clientId
@description('Object id, to which roles are given.')
output principalId string = identity.properties.principalId
