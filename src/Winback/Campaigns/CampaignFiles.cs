using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Winback.Campaigns;

/// <summary>
/// The files of one campaign as its owner wrote them, together with what all campaigns share (layout, partials): name → text. This is what is
/// checked, published and kept.
/// </summary>
public sealed class CampaignFiles
{
    public const string DefinitionFile = "campaign.json";
    public const string LayoutFile = "layout.html";
    public const string PartialFolder = "partials/";

    /// <summary>A column of a table holds 64 KiB.</summary>
    private const int MaxPackedBytes = 60 * 1024;

    private readonly string _place;

    private CampaignFiles(string id, string place, ImmutableSortedDictionary<string, string> texts)
    {
        (Id, _place, Texts) = (id, place, texts);
        Version = Hash(texts);
    }

    public string Id { get; }

    /// <summary>By name, with slashes: <c>invitation.nl.md</c>, <c>partials/sign-off.nl.md</c>.</summary>
    public ImmutableSortedDictionary<string, string> Texts { get; }

    /// <summary>Hash of everything a mail of this campaign may say: it changes when any of it does.</summary>
    public string Version { get; }

    /// <param name="folder">The one with a folder per campaign.</param>
    public static CampaignFiles Read(string folder, string id)
    {
        var own = Path.Combine(folder, id);
        var files = Directory.EnumerateFiles(own, "*.md").Append(Path.Combine(own, DefinitionFile)).Select(f => (Name: Path.GetFileName(f), Path: f));
        var partials = Path.Combine(folder, PartialFolder);
        if (Directory.Exists(partials)) files = files.Concat(Directory.EnumerateFiles(partials, "*.md").Select(f => (PartialFolder + Path.GetFileName(f), f)));
        files = files.Append((LayoutFile, Path.Combine(folder, LayoutFile)));
        // Line ends are the checkout's, not the owner's words.
        return new CampaignFiles(id, folder, Sorted(files.Where(f => File.Exists(f.Path)).Select(f => (f.Name, File.ReadAllText(f.Path).ReplaceLineEndings("\n")))));
    }

    /// <summary>The campaigns of a folder: each subfolder is one, but for the partials and what is hidden (.vscode).</summary>
    /// <exception cref="CampaignException">There is no such folder.</exception>
    public static ImmutableArray<CampaignFiles> ReadAll(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateDirectories(folder).Select(Path.GetFileName).Where(n => n + "/" != PartialFolder && !n!.StartsWith('.'))
                .Order(StringComparer.Ordinal).Select(n => Read(folder, n!))]
        : throw new CampaignException($"{folder}: there is no such folder; it holds a folder per campaign and {LayoutFile}.");

    /// <exception cref="InvalidDataException">Not what <see cref="Pack"/> made.</exception>
    public static CampaignFiles Unpack(string id, byte[] packed)
    {
        try
        {
            using var zip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            var texts = JsonSerializer.Deserialize(zip, CampaignFilesJson.Default.DictionaryStringString) ?? [];
            return new CampaignFiles(id, "published", Sorted(texts.Select(t => (t.Key, t.Value))));
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"What was kept of {id} cannot be read.", e);
        }
    }

    /// <exception cref="CampaignException">They are too large to be kept.</exception>
    public byte[] Pack()
    {
        var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.SmallestSize))
            JsonSerializer.Serialize(zip, new Dictionary<string, string>(Texts), CampaignFilesJson.Default.DictionaryStringString);
        var packed = bytes.ToArray();
        return packed.Length <= MaxPackedBytes ? packed : throw new CampaignException(
            $"{PathOf(DefinitionFile)}: the campaign with its mails has {packed.Length} bytes when compressed; at most {MaxPackedBytes} can be kept. Shorten its longest mail.");
    }

    /// <summary>Where a file is, for messages.</summary>
    public string PathOf(string name) =>
        name == LayoutFile || name.StartsWith(PartialFolder, StringComparison.Ordinal) ? Path.Combine(_place, name) : Path.Combine(_place, Id, name);

    /// <exception cref="CampaignException">There is no such file.</exception>
    public string Text(string name) =>
        Texts.GetValueOrDefault(name) ?? throw new CampaignException($"{PathOf(name)}: is missing; write it, or copy it from a campaign that ships.");

    private static ImmutableSortedDictionary<string, string> Sorted(IEnumerable<(string Name, string Text)> texts) =>
        texts.ToImmutableSortedDictionary(t => t.Name, t => t.Text, StringComparer.Ordinal);

    private static string Hash(ImmutableSortedDictionary<string, string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, text) in texts) hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0{text}\0"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}

[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class CampaignFilesJson : JsonSerializerContext;
