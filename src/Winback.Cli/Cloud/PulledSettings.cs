using Winback.Hosting;
using Winback.Storage;

namespace Winback.Cli.Cloud;

/// <summary>A setting that a person's machine is not given.</summary>
internal sealed record LeftOut(string Setting, string Why);

/// <summary>The settings of the app in Azure, as a person's machine needs them. Holds no secret.</summary>
internal sealed record PulledSettings(IReadOnlyDictionary<string, string> Settings, IReadOnlyList<LeftOut> LeftOut)
{
    private static readonly string[] OfTheAppOnly = [$"{StorageAccount.Setting}__credential", $"{StorageAccount.Setting}__clientId"];
    private static readonly string[] Folders = ["CampaignFolder", "Replies__Folder"];

    /// <summary>Those that Winback reads, in the order of their names; the platform's own are passed over. Pure.</summary>
    public static PulledSettings From(IReadOnlyDictionary<string, string> app)
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var leftOut = new List<LeftOut>();
        foreach (var (name, value) in app.Where(s => Winback.Settings.Reads(s.Key)).OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            if (WhyNot(name, value) is { } why) leftOut.Add(new LeftOut(name, why));
            else settings[name] = value;
        }
        return new PulledSettings(settings, leftOut);
    }

    private static string? WhyNot(string name, string value) =>
        OfTheAppOnly.Contains(name, StringComparer.OrdinalIgnoreCase) ? "it is the app's own identity; here it is whoever is logged in"
        : Folders.Contains(name, StringComparer.OrdinalIgnoreCase) ? "it is a folder of the app's machine"
        : Winback.Settings.IsSecret(name) && !KeyVaultReference.IsOne(value)
            ? "it is a secret and stands in the app's settings in the open; put it into Key Vault, and until then give it to commands that need it in the "
                + $"environment, as {name}"
        : null;
}
