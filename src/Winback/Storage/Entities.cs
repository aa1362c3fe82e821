using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure;
using Azure.Data.Tables;

namespace Winback.Storage;

/// <summary>Reading and writing the column types that several tables use.</summary>
public static class Entities
{
    private const string DayFormat = "yyyy-MM-dd";

    public static DateOnly? GetDay(this TableEntity entity, string column) =>
        entity.GetString(column) is { } text ? DateOnly.ParseExact(text, DayFormat, CultureInfo.InvariantCulture) : null;

    public static T? GetJson<T>(this TableEntity entity, string column, JsonTypeInfo<T> type) where T : class =>
        entity.GetString(column) is { } text ? JsonSerializer.Deserialize(text, type) : null;

    public static string Day(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>Sets a column; null leaves it out, which keeps rows lean.</summary>
    public static TableEntity With(this TableEntity entity, string column, object? value)
    {
        if (value is not null) entity[column] = value is DateOnly day ? Day(day) : value;
        return entity;
    }

    public static TableEntity WithJson<T>(this TableEntity entity, string column, T? value, JsonTypeInfo<T> type) where T : class =>
        value is null ? entity : entity.With(column, JsonSerializer.Serialize(value, type));

    public static async Task<TableEntity?> FindAsync(this TableClient table, string partition, string row, CancellationToken cancel)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancel);
        return found.HasValue ? found.Value : null;
    }

    /// <returns>False when there is such a row already.</returns>
    public static async Task<bool> TryAddAsync(this TableClient table, TableEntity entity, CancellationToken cancel)
    {
        try
        {
            await table.AddEntityAsync(entity, cancel);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return false;
        }
    }

    /// <returns>The new ETag; null when the row changed or went away meanwhile.</returns>
    public static async Task<string?> TryReplaceAsync(this TableClient table, TableEntity entity, string etag, CancellationToken cancel)
    {
        try
        {
            var response = await table.UpdateEntityAsync(entity, new ETag(etag), TableUpdateMode.Replace, cancel);
            return response.Headers.ETag?.ToString() ?? throw new IOException("Storage sent no ETag.");
        }
        catch (RequestFailedException e) when (e.Status is 412 or 404)
        {
            return null;
        }
    }

    /// <summary>Writes rows of one partition, at most 100 in a transaction.</summary>
    public static async Task UpsertAllAsync(this TableClient table, IEnumerable<TableEntity> entities, CancellationToken cancel)
    {
        foreach (var chunk in entities.Chunk(100))
            await table.SubmitTransactionAsync(chunk.Select(e => new TableTransactionAction(TableTransactionActionType.UpsertReplace, e)), cancel);
    }

    /// <summary>The filter for rows of a partition whose key begins with a prefix.</summary>
    public static string Prefixed(string partition, string prefix) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {prefix} and RowKey lt {prefix + "\uffff"}");
}
