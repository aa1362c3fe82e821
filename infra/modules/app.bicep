// The function app: a custom handler on Flex Consumption that reaches storage by identity.
import { storageAccess } from 'storage.bicep'

param location string
param tags object
@minLength(13)
param suffix string
param storage storageAccess
param businessName string
param postalAddress string
param publicBaseUrl string
param website string
param timeZone string
param mailFrom string
param replyDomain string
@secure()
param inboundSecret string
param eventKey string
param apiKeyHash string
@secure()
param sendGridApiKey string
@secure()
param linkKey string
@secure()
param mailboxKey string
param scanSchedule string

var name = 'func-winback-${suffix}'

// A secret or key that is empty would stop the app at its start, so it is left out.
var replySettings = empty(inboundSecret) ? {} : { Replies__InboundSecrets__0: inboundSecret }
var eventSettings = empty(eventKey) ? {} : { MailEvents__PublicKeys__0: eventKey }
var apiSettings = empty(apiKeyHash) ? {} : { Api__Keys__till: apiKeyHash }

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-winback-${suffix}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  // azd finds the app to deploy to by this tag; it is the service's name in azure.yaml.
  tags: union(tags, { 'azd-service-name': 'app' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${storage.identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
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
            userAssignedIdentityResourceId: storage.identityId
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

  // Secrets stand here in the open for everybody who may read the app's settings: there is no Key Vault yet.
  resource settings 'config' = {
    name: 'appsettings'
    properties: union(replySettings, eventSettings, apiSettings, {
      AzureWebJobsStorage__blobServiceUri: storage.blobUri
      AzureWebJobsStorage__queueServiceUri: storage.queueUri
      AzureWebJobsStorage__tableServiceUri: storage.tableUri
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: storage.identityClientId
      ScanSchedule: scanSchedule
      Business__Name: businessName
      Business__PostalAddress: postalAddress
      Business__PublicBaseUrl: empty(publicBaseUrl) ? 'https://${app.properties.defaultHostName}' : publicBaseUrl
      Business__Website: website
      Business__TimeZone: timeZone
      Mail__Provider: 'SendGrid'
      Mail__From: mailFrom
      Mail__ReplyDomain: replyDomain
      Mail__SendGridApiKey: sendGridApiKey
      Secrets__LinkKeys__0: linkKey
      Secrets__MailboxKey: mailboxKey
    })
  }
}

output url string = 'https://${app.properties.defaultHostName}'
