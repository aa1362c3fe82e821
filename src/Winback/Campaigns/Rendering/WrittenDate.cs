namespace Winback.Campaigns.Rendering;

/// <summary>A date on its way into a mail: by itself in full, with {{date}} in another form.</summary>
/// <param name="write">How a text is made literal where it will stand.</param>
internal sealed class WrittenDate(DateOnly date, MailLanguage language, Func<string, string> write)
{
    /// <param name="form">short: without the day of the week; month: only month and year; null: in full.</param>
    public string As(string? form) => write(form switch
    {
        "short" => language.ShortDate(date),
        "month" => language.Month(date),
        _ => language.Date(date),
    });

    public override string ToString() => As(null);
}
