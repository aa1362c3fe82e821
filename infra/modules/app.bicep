// The function app: a custom handler on Flex Consumption that reaches everything by identity.
import { ownerSettings } from 'settings.bicep'
import { storageAccess } from 'storage-access.bicep'

@description('Region.')
param location string
@description('Tags of every resource.')
param tags object
@description('End of the names.')
param suffix string
@description('Resource id of the app\'s identity.')
param identityId string
@description('Client id of the app\'s identity.')
param identityClientId string
@description('How storage is reached.')
param storage storageAccess
@description('Address of the vault with the secrets.')
param vaultUri string
@description('Where telemetry goes.')
param insightsConnectionString string
@description('The subnet of the app; empty: no private network.')
param subnetId string
@description('What the owner decided.')
param settings ownerSettings
@description('Per name the SHA-256 of an API key.')
param apiKeys object
@description('When customers are looked through.')
param scanSchedule string
@description('A host name of the owner\'s own, or empty.')
param customDomain string

// An empty value would stop the app at its start where it means something else than the default.
var given = filter(items(settings), setting => !empty(setting.?value))
var keys = filter(items(apiKeys), key => !empty(key.value))

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-winback-${suffix}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: 'func-winback-${suffix}'
  location: location
  // azd finds the app to deploy to by this tag; it is the service's name in azure.yaml.
  tags: union(tags, { 'azd-service-name': 'app' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: { minTlsVersion: '1.2' }
    functionAppConfig: {
      // A custom handler; FUNCTIONS_WORKER_RUNTIME and WEBSITE_TIME_ZONE are not for Flex Consumption.
      runtime: { name: 'custom', version: '1.0' }
      scaleAndConcurrency: { instanceMemoryMB: 2048, maximumInstanceCount: 40 }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: storage.deploymentContainerUri
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
    }
  }

  // Publishing goes by Entra ID only.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  // Everything the app reads. What is set by hand in the portal is gone after the next `azd provision`.
  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(
      {
        // A custom domain or a front door in settings.Business__PublicBaseUrl goes before it.
        Business__PublicBaseUrl: 'https://${empty(customDomain) ? app.properties.defaultHostName : customDomain}'
      },
      toObject(given, setting => setting.key, setting => setting.?value),
      toObject(keys, key => 'Api__Keys__${key.key}', key => key.value),
      {
        AzureWebJobsStorage__blobServiceUri: storage.blobUri
        AzureWebJobsStorage__queueServiceUri: storage.queueUri
        AzureWebJobsStorage__tableServiceUri: storage.tableUri
        AzureWebJobsStorage__credential: 'managedidentity'
        AzureWebJobsStorage__clientId: identityClientId
        APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
        ScanSchedule: scanSchedule
        Mail__Provider: 'SendGrid'
        // Without a version the newest is taken, so that a rotation needs no deployment.
        Mail__SendGridApiKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/sendgrid-api-key/)'
        Replies__InboundSecrets__0: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/inbound-secrets/)'
        Secrets__LinkKeys__0: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/link-keys/)'
        Secrets__MailboxKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/mailbox-key/)'
      }
    )
  }
}

@description('Resource id.')
output id string = app.id
@description('Name.')
output name string = app.name
@description('Where it answers.')
output url string = 'https://${empty(customDomain) ? app.properties.defaultHostName : customDomain}'
