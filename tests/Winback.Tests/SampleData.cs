using Winback.Tests.Campaigns.Rendering;

namespace Winback.Tests;

/// <summary>Samples that cannot be given away with the repository: in the folder that WINBACK_SAMPLE_DATA names, or beside the repository.</summary>
internal static class SampleData
{
    public static string PathOf(params string[] parts) => Path.Combine([
        Environment.GetEnvironmentVariable("WINBACK_SAMPLE_DATA") is { Length: > 0 } folder ? folder : Path.Combine(SampleMails.Repository, "..", "shared", "data"),
        .. parts]);
}
