namespace Winback.Pages;

/// <summary>Behind a link that leads nowhere: what to do instead.</summary>
public static class StrayPage
{
    /// <summary>A token that is not ours, or has lost a piece on its way.</summary>
    public static Page Unknown(string language) => language == "en"
        ? Of("en", "This link is not quite right", "Open it again from the mail, or answer the mail and we will take care of it.")
        : Of("nl", "Deze link klopt niet helemaal", "Open hem opnieuw vanuit de mail, of antwoord op de mail: dan regelen wij het.");

    /// <summary>A link that worked for <see cref="Outreach.PageLink.ValidDays"/> days.</summary>
    public static Page Expired(string language) => language == "en"
        ? Of("en", "This link has expired", "The mail it came from is some months old. Just answer that mail: we read everything and will take care of it.")
        : Of("nl", "Deze link is verlopen", "De mail waar hij in stond is al een paar maanden oud. Antwoord gerust op die mail: we lezen alles en regelen het voor je.");

    private static Page Of(string language, string title, string text) =>
        new(language, title, Html.Of($"<p>{text}</p>")) { OtherLanguage = $"?lang={Page.Other(language)}" };
}
