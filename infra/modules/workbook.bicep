// The funnel and what needs a look, on one page in the portal.
@description('Region.')
param location string
@description('Tags of every resource.')
param tags object
@description('The Log Analytics workspace that it reads.')
param workspaceId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'winback')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Winback'
    category: 'workbook'
    sourceId: workspaceId
    serializedData: string(union(loadJsonContent('workbook.json'), { fallbackResourceIds: [workspaceId] }))
  }
}
