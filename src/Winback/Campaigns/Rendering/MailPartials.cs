namespace Winback.Campaigns.Rendering;

/// <summary>The partials that mails in one language may use.</summary>
/// <param name="all">In whatever language; where a name has both, the one of the language goes before the one of no language.</param>
public sealed class MailPartials(IEnumerable<MailPartial> all, string language)
{
    private readonly MailPartial[] _all = [.. all];

    public static MailPartials None { get; } = new([], "");

    internal MailPartial? Find(string name) =>
        _all.Where(partial => partial.Name == name && (partial.Language ?? language) == language).MaxBy(partial => partial.Language is not null);

    internal string Remedy(string name) =>
        _all.Any(partial => partial.Name == name) ? $"It is there in another language only; write partials/{name}.{language}.md too"
        : _all.Length == 0 ? $"Write it as partials/{name}.md"
        : Spelling.Suggest(name, [.. _all.Select(partial => partial.Name).Distinct()]);
}
