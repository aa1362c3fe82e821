namespace Winback.Campaigns.Rendering;

/// <summary>How amounts are written in a mail.</summary>
/// <param name="write">How a text is made literal where it will stand.</param>
internal sealed class WrittenMoney(MailLanguage language, string currency, Func<string, string> write)
{
    /// <summary>Where a template's helper finds it; no placeholder has this name.</summary>
    public const string Key = "$money";

    public string As(decimal amount) => write(language.Money(amount, currency));
}
