namespace Winback.Campaigns;

/// <summary>The languages that customers are written to.</summary>
public static class Languages
{
    public static readonly IReadOnlyList<string> All = ["nl", "en"];
}
