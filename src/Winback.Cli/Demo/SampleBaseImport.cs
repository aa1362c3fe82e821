using Winback.Customers.Import;

namespace Winback.Cli.Demo;

/// <summary>Brings a sample base in as its owner would: as three files.</summary>
public static class SampleBaseImport
{
    /// <param name="zone">The owner's.</param>
    /// <param name="import">Imports one file; called in turn for customers, purchases and subscriptions.</param>
    public static async Task ImportAsync(this SampleBase sample, TimeZoneInfo zone, Func<ImportOptions, Task> import)
    {
        var folder = Directory.CreateTempSubdirectory("winback-sample-").FullName;
        try
        {
            sample.WriteFiles(folder);
            foreach (var (kind, name) in new[] { (ImportKind.Customers, "klanten.csv"), (ImportKind.Purchases, "aankopen.csv"), (ImportKind.Subscriptions, "subscriptions.csv") })
                await import(new ImportOptions(kind, Path.Combine(folder, name), zone));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
