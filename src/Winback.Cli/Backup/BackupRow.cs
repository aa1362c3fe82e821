using System.Text.Json.Serialization;

namespace Winback.Cli.Backup;

/// <summary>A row of a table, as it is.</summary>
/// <param name="Columns">By name; those that storage keeps itself (time stamp, ETag) are not among them.</param>
internal sealed record BackupRow(string Table, string Partition, string Row, SortedDictionary<string, Cell> Columns)
{
    /// <summary>In the order in which storage gives the rows of a table.</summary>
    public int CompareKeyTo(BackupRow other) =>
        string.CompareOrdinal(Partition, other.Partition) is var order && order != 0 ? order : string.CompareOrdinal(Row, other.Row);
}

/// <summary>A value with its type, so that it comes back as it was.</summary>
/// <param name="Value">A string, bool, int, long, double, DateTimeOffset, Guid or byte[].</param>
[JsonConverter(typeof(CellConverter))]
internal readonly record struct Cell(object Value);
