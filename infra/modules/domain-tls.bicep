// Puts the certificate onto the host name. A module of its own, since a template cannot write one resource twice.
@description('The function app, in this resource group.')
param appName string
@description('The host name.')
param host string
@description('Of the certificate.')
param thumbprint string

resource app 'Microsoft.Web/sites@2024-11-01' existing = {
  name: appName
}

resource binding 'Microsoft.Web/sites/hostNameBindings@2024-11-01' = {
  parent: app
  name: host
  properties: { hostNameType: 'Verified', sslState: 'SniEnabled', thumbprint: thumbprint }
}
