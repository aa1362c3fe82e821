namespace Winback.Campaigns.Rendering;

/// <summary>Something wrong with one mail.</summary>
/// <param name="Place">subject, preheader, HTML, text, or which link or picture.</param>
public sealed record LintFinding(LintRule Rule, string Place, string Problem, string Remedy)
{
    public override string ToString() => $"{Place}: {Problem}. {Remedy}.";
}
