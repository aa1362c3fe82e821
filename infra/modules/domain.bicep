// A host name of the owner's own, with a certificate that Azure renews. The CNAME and TXT records must be there before.
@description('Region.')
param location string
@description('The function app, in this resource group.')
param appName string
@description('The host name.')
param host string

resource app 'Microsoft.Web/sites@2024-11-01' existing = {
  name: appName
}

// First without TLS, since a certificate is only made for a name that is bound.
resource binding 'Microsoft.Web/sites/hostNameBindings@2024-11-01' = {
  parent: app
  name: host
  properties: { hostNameType: 'Verified' }
}

resource certificate 'Microsoft.Web/sites/certificates@2024-11-01' = {
  parent: app
  name: 'cert-${replace(host, '.', '-')}'
  location: location
  properties: { canonicalName: host }
  dependsOn: [binding]
}

module tls 'domain-tls.bicep' = {
  name: 'domain-tls'
  params: { appName: appName, host: host, thumbprint: certificate.properties.thumbprint }
}
