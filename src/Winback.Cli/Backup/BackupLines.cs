using System.Text.Json.Serialization;

namespace Winback.Cli.Backup;

/// <summary>The first line of a backup.</summary>
/// <param name="WinbackBackup">The version of the format.</param>
/// <param name="Tables">In the order in which their rows follow.</param>
/// <param name="MailboxKey">The fingerprint of the key that the account was filled with; null where nobody scanned or imported yet.</param>
/// <param name="TimeZone">The one in which its days are counted; null as for the key.</param>
internal sealed record BackupHeader(int WinbackBackup, DateTimeOffset WrittenAt, IReadOnlyList<string> Tables, string? MailboxKey, string? TimeZone)
{
    public const int Version = 1;

    /// <summary>How the first line begins, whatever the version.</summary>
    public const string Beginning = "{\"winbackBackup\":";
}

/// <summary>What the first line says in every version.</summary>
internal readonly record struct BackupVersion(int WinbackBackup);

/// <summary>The last line of a backup, by which one that was cut off is known.</summary>
/// <param name="Rows">How many there are of each table.</param>
internal sealed record BackupEnd(IReadOnlyDictionary<string, int> Rows)
{
    /// <summary>How the last line begins, and no other.</summary>
    public const string Beginning = "{\"rows\":";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(BackupVersion))]
[JsonSerializable(typeof(BackupHeader))]
[JsonSerializable(typeof(BackupRow))]
[JsonSerializable(typeof(BackupEnd))]
internal sealed partial class BackupJson : JsonSerializerContext;
