namespace Winback.Pages;

/// <summary>Behind a link that leads nowhere: what to do instead.</summary>
public static class StrayPage
{
    /// <summary>A token that is not ours, or has lost a piece on its way.</summary>
    public static Page Unknown(string language) => language == "en"
        ? Of("en", "This link is not quite right", "Open it again from the mail, or answer the mail and we will take care of it.")
        : Of("nl", "Deze link klopt niet helemaal", "Open hem opnieuw vanuit de mail, of antwoord op de mail: dan regelen wij het.");

    private static Page Of(string language, string title, string text) =>
        new(language, title, Html.Of($"<p>{text}</p>")) { OtherLanguage = $"?lang={Page.Other(language)}" };
}
